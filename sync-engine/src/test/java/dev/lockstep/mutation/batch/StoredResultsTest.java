package dev.lockstep.mutation.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.Seq;
import dev.lockstep.log.ActionLog.Range;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.QueuedMutation;
import dev.lockstep.mutation.idempotency.IdempotencyKey;
import dev.lockstep.mutation.idempotency.IdempotencyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StoredResultsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1").identified("m1");

    private static Range range(long first, long last) {
        return new Range(new Seq(first), new Seq(last));
    }

    private static List<Range> needed(Mutation first, String shape, Range range, Mutation repeat) {
        IdempotencyStore.StoredResult stored = new IdempotencyStore.StoredResult(
                IdempotencyKey.of(first).orElseThrow(), Optional.of(range), shape, List.of(), Optional.empty());
        return StoredResults.needed(Map.of(new QueuedMutation(repeat, List.of()), stored));
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] a duplicate reads the actions that were requested, not thousands of cascaded ones")
    void withoutWhatWentWithIt() {
        Mutation delete = IN_ROOM.deletesTask("a");

        assertThat(needed(delete, "+", range(7, 10_007), delete)).containsExactly(range(7, 8));
        assertThat(needed(delete, "+-+", range(7, 10_007), delete)).containsExactly(range(7, 12));
        assertThat(needed(delete, "++", range(7, 9), delete)).containsExactly(range(7, 9));
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] for a different request with the same id nothing is read")
    void anotherRequest() {
        assertThat(needed(IN_ROOM.deletesTask("a"), "+", range(7, 8), IN_ROOM.deletesTask("b")))
                .isEmpty();
    }
}
