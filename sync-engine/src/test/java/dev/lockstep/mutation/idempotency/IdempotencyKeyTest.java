package dev.lockstep.mutation.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {
    private static IdempotencyKey keyOf(Map<String, Object> fields) {
        Change insert = new Change.Insert(new CollectionName("tasks"), null, fields);
        return IdempotencyKey.of(new Mutation(
                        Caller.anonymous("workshop"),
                        new RoomId("workshop", "p1"),
                        Operation.INSERT,
                        List.of(insert),
                        Optional.empty(),
                        Optional.of(new MutationId("client", "m1"))))
                .orElseThrow();
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] the same request has the same key")
    void same() {
        assertThat(keyOf(Map.of("title", "a"))).isEqualTo(keyOf(Map.of("title", "a")));
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] keys do not change between versions: stored results are found by them")
    void keptOnes() {
        IdempotencyKey key = keyOf(Map.of("title", "a"));

        assertThat(key).isEqualTo(new IdempotencyKey("HBq3vO7XEr8TQ9oSMsK4kF", "_wrV-6POtgJDPGsbMdgO5k"));
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] requests that only look alike have different keys")
    void alike() {
        assertThat(keyOf(Map.of("a", 1L)).request())
                .isNotEqualTo(keyOf(Map.of("a", "1")).request());
        assertThat(keyOf(Map.of("a", "1, b=2")).request())
                .isNotEqualTo(keyOf(Map.of("a", "1", "b", "2")).request());
        assertThat(keyOf(Map.of("a", List.of("x, y"))).request())
                .isNotEqualTo(keyOf(Map.of("a", List.of("x", "y"))).request());
    }
}
