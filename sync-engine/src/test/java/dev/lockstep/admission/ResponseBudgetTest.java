package dev.lockstep.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.SyncException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ResponseBudgetTest {
    private static final byte[] SOME = {1, 2, 3, 4};
    private static final byte[] OTHERS = {1, 2, 3, 4};
    private static final byte[] END = {5};

    private final ResponseBudget unread = new ResponseBudget(6);

    @Test
    @Tag("STR24")
    @DisplayName("[STR24] buffers that pages share count once, until the last page is released")
    void shared() {
        Runnable first = unread.reserve(List.of(SOME, END));
        Runnable second = unread.reserve(List.of(SOME, END));
        assertThat(unread.bytes()).isEqualTo(5);

        first.run();
        assertThat(unread.bytes()).isEqualTo(5);
        second.run();
        assertThat(unread.bytes()).isZero();
    }

    @Test
    @Tag("STR24")
    @DisplayName("[STR24] a page that would exceed the budget is refused as retryable, unless it is the only one")
    void bounded() {
        Runnable first = unread.reserve(List.of(SOME));
        assertThatThrownBy(() -> unread.reserve(List.of(OTHERS))).isInstanceOf(SyncException.class);
        assertThat(unread.bytes()).isEqualTo(4);

        first.run();
        unread.reserve(List.of(SOME, OTHERS));
        assertThat(unread.bytes()).isEqualTo(8);
    }
}
