package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.access.GuardedMutations;
import dev.lockstep.access.chain.AccessChainFixture;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.MutationResult.Applied;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.mutation.batch.BatchWriter;
import dev.lockstep.sample.TitleHook;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HooksTest {
    private final EngineFixture engine = new EngineFixture(TestDatabase.h2().emptied());
    private final BatchWriter writer = engine.writer();
    private final Thread writing = EngineFixture.start(writer);
    private final AccessChainFixture chain =
            AccessChainFixture.before(writer, AccessPolicy.builder().build(), TestDatabase.h2(), TitleHook.class);

    @AfterEach
    void stop() {
        EngineFixture.end(writer, writing);
        chain.close();
    }

    private MutationResult submit(Mutation mutation) {
        return EngineFixture.get(chain.select(GuardedMutations.class).submit(mutation));
    }

    private static Mutation task(String id, String title) {
        return MutationFixture.in("p1").by("client", "insert " + id).inserts("tasks", id, Map.of("title", title));
    }

    @Test
    @Tag("ACC23")
    @DisplayName(
            "[ACC23] a hook changes what is stored, and is notified once after it is durable, however often it is sent")
    void once() {
        MutationResult first = submit(task("a", "  round  "));
        assertThat(Results.row(first).orElseThrow()).contains("\"title\":\"round\"");
        MutationResult again = submit(task("a", "  round  "));
        assertThat(((Applied) again).repeated()).isTrue();
        assertThat(Results.row(again)).isEqualTo(Results.row(first));

        assertThat(chain.select(TitleHook.class).done())
                .containsExactly(Results.row(first).orElseThrow());
    }

    @Test
    @Tag("ACC23")
    @DisplayName(
            "[ACC23] a hook refuses with its own message, and nothing is written; it may not change the kind of a change")
    void refuses() {
        assertThatThrownBy(() -> submit(task("a", "splinters"))).hasRootCauseMessage("INVALID: No splinters, please");
        assertThatThrownBy(() -> submit(task("a", "swap"))).rootCause().hasMessageContaining("another change");
        assertThat(chain.select(TitleHook.class).done()).isEmpty();
        assertThat(Results.isApplied(submit(task("a", "oak")))).isTrue();
    }

    @Test
    @Tag("ACC23")
    @DisplayName("[ACC23] a hook that fails after the commit is a warning, not a refusal")
    void warns() {
        MutationResult answer = submit(task("a", "brittle"));
        assertThat(((Applied) answer).warnings()).containsExactly("It broke");
        assertThat(Results.row(answer).orElseThrow()).contains("brittle");
    }
}
