package dev.lockstep.wire.strata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Operation;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RetryBarrierTest {
    private static final Caller ALICE = known("alice");
    private static final Caller BOB = known("bob");

    private long nanos = 1;
    private final RetryBarrier barrier = new RetryBarrier(() -> nanos);

    private static Caller known(String subject) {
        return new Caller("strata-tasks", Optional.of(subject), Map.of(), Optional.empty());
    }

    private static List<Transaction> sent(String... ids) {
        return of("client-1", ids);
    }

    private static List<Transaction> of(String client, String... ids) {
        return Stream.of(ids)
                .map(id -> new Transaction(Operation.UPDATE, client, id, "row", "Task", Map.of()))
                .toList();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    @Tag("STR30")
    @Tag("CS1")
    @DisplayName("[STR30][CS1] no later transaction of the same client overtakes a retryably refused one")
    void keepsOrder() {
        barrier.refused(ALICE, sent("insert", "label"));

        assertThat(barrier.isAllowed(ALICE, sent("update"))).isFalse();
        assertThat(barrier.isAllowed(ALICE, sent("insert", "label", "update"))).isTrue();
        assertThat(barrier.isAllowed(ALICE, of("client-2", "update"))).isTrue();
        assertThat(barrier.isAllowed(BOB, sent("update"))).isTrue();

        barrier.answered(ALICE, sent("insert", "label"));
        assertThat(barrier.isAllowed(ALICE, sent("update"))).isTrue();
        assertThat(barrier.isEmpty()).isTrue();
    }

    @Test
    @Tag("STR30")
    @Tag("CS1")
    @DisplayName(
            "[STR30][CS1] a transaction that was refused because of an earlier one stays refused when sent again alone")
    void repeated() {
        barrier.refused(ALICE, sent("insert"));
        barrier.refused(ALICE, sent("update"));
        assertThat(barrier.isAllowed(ALICE, sent("update"))).isFalse();

        barrier.answered(ALICE, sent("insert"));
        assertThat(barrier.isAllowed(ALICE, sent("update"))).isTrue();
        pass(RetryBarrier.RECONNECT_AFTER);
        assertThat(barrier.dueToReconnect()).as("the update is in its outbox").containsExactly("alice");
    }

    @Test
    @Tag("STR30")
    @Tag("CS1")
    @DisplayName("[STR30][CS1] users are asked to reconnect when the database is back, and again until all is sent")
    void reconnects() {
        barrier.refused(ALICE, sent("insert"));
        assertThat(barrier.dueToReconnect()).isEmpty();
        barrier.databaseIsBack();
        assertThat(barrier.dueToReconnect()).containsExactly("alice");
        assertThat(barrier.dueToReconnect()).isEmpty();
        pass(RetryBarrier.RECONNECT_AFTER);
        assertThat(barrier.dueToReconnect()).containsExactly("alice");
        barrier.answered(ALICE, sent("insert"));
        pass(RetryBarrier.RECONNECT_AFTER);
        assertThat(barrier.dueToReconnect()).isEmpty();
    }

    @Test
    @Tag("STR30")
    @Tag("CS1")
    @DisplayName(
            "[STR30][CS1] without an outage users are asked to reconnect after the client's own retries have ended")
    void afterRetries() {
        for (int attempt = 0; attempt < 4; attempt++) {
            barrier.refused(ALICE, sent("insert"));
            pass(Duration.ofSeconds(1L << attempt).minusMillis(1));
            assertThat(barrier.dueToReconnect()).as("attempt %d", attempt).hasSize(attempt == 3 ? 1 : 0);
        }
    }

    @Test
    @Tag("STR30")
    @DisplayName("[STR30] a transaction that is never sent again is forgotten after a minute, but not during an outage")
    void forgotten() {
        barrier.refused(ALICE, sent("insert"));
        pass(Duration.ofHours(1));
        barrier.databaseIsBack();
        assertThat(barrier.dueToReconnect()).containsExactly("alice");
        pass(RetryBarrier.BLOCKED_MAX.plusMillis(1));
        assertThat(barrier.dueToReconnect()).isEmpty();
        assertThat(barrier.isEmpty()).isTrue();
        assertThat(barrier.isAllowed(ALICE, sent("update"))).isTrue();
    }

    @Test
    @Tag("STR30")
    @DisplayName("[STR30] the number of remembered transactions is bounded")
    void bounded() {
        String[] many = IntStream.range(0, 100).mapToObj(String::valueOf).toArray(String[]::new);
        for (int client = 0; client < RetryBarrier.TRANSACTIONS_MAX / 100; client++) {
            barrier.refused(ALICE, of("client-" + client, many));
        }
        barrier.refused(BOB, sent("one more"));
        assertThat(barrier.isAllowed(BOB, sent("other"))).isTrue();
        barrier.answered(ALICE, of("client-0", many));
        barrier.refused(BOB, sent("one more"));
        assertThat(barrier.isAllowed(BOB, sent("other"))).isFalse();
    }
}
