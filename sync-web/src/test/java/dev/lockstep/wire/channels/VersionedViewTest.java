package dev.lockstep.wire.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Seq;
import dev.lockstep.wire.channels.VersionedSubscriber.View;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The names of views, which tell a client with all pages of a snapshot from one without. */
class VersionedViewTest {
    @Test
    @Tag("CH8")
    @DisplayName("[CH8] a client that lacks pages of its snapshot has a cursor below the position that its view names")
    void complete() {
        Optional<String> view = Optional.of(View.of(7));

        assertThat(View.isComplete(view, new Seq(6))).isFalse();
        assertThat(View.isComplete(view, new Seq(7))).isTrue();
        assertThat(View.isComplete(view, new Seq(8))).isTrue();
        assertThat(View.isComplete(Optional.of(View.incomplete()), new Seq(8))).isFalse();
        assertThat(View.isComplete(Optional.empty(), Seq.START)).isTrue();
        assertThat(View.isComplete(Optional.of("of another server"), new Seq(8)))
                .isFalse();
    }

    @Test
    @Tag("CH8")
    @DisplayName("[CH8] each snapshot has a view of its own, so that a client accepts it whatever its cursor is")
    void unique() {
        assertThat(View.of(7)).isNotEqualTo(View.of(7)).hasSizeLessThanOrEqualTo(128);
    }
}
