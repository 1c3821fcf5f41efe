package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static dev.lockstep.mutation.Results.again;
import static dev.lockstep.mutation.Results.applied;
import static dev.lockstep.mutation.Results.code;
import static dev.lockstep.mutation.Results.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mutations with changes of several collections and kinds. */
@OnEveryDatabase
class MixedMutationsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    private final EngineFixture engine;

    MixedMutationsTest(TestDatabase database) {
        engine = new EngineFixture(database.emptied());
    }

    private static Mutation mixed(MutationFixture in, Change... changes) {
        Mutation like = in.bulk(changes);
        return new Mutation(like.caller(), like.room(), Operation.MIXED, like.changes(), like.scope(), like.id());
    }

    private void tasks(String... ids) {
        for (String id : ids) {
            applied(engine.alone(IN_ROOM.insertsTask(id, "t")));
        }
    }

    private void assertRefused(Mutation mutation, ErrorCode code, String path) {
        int commits = engine.commits().size();
        MutationResult answer = engine.alone(mutation);

        assertThat(code(answer)).isEqualTo(code);
        assertThat(refused(answer).refusal().issues()).extracting(Issue::path).containsExactly(path);
        assertThat(engine.commits()).hasSize(commits);
    }

    @Test
    @Tag("MUT1")
    @Tag("MUT9")
    @DisplayName("[MUT1][MUT9] changes of several collections and kinds are one commit, and take effect once")
    void once() {
        tasks("a", "b");
        int commits = engine.commits().size();
        Mutation mutation = mixed(
                IN_ROOM.identified("m1"),
                insertion("tools", null, Map.of("name", "saw", "serial", "1")),
                updating("tasks", "a", Map.of("title", "u")),
                deletion("tasks", "b"),
                updating("tasks", "none", Map.of("title", "u")));
        MutationResult first = engine.alone(mutation);

        assertThat(applied(first).rows()).hasSize(4);
        assertThat(applied(first).rows().get(3)).isEmpty();
        assertThat(engine.alone(mutation)).isEqualTo(again(first));
        assertThat(engine.commits()).hasSize(commits + 1);
        assertThat(engine.commits().getLast().last()).isEqualTo(applied(first).last());
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] an id is reused if only the kind of a change differs")
    void otherKind() {
        tasks("a");
        MutationFixture in = IN_ROOM.identified("m1");
        applied(engine.alone(mixed(in, updating("tasks", "a", Map.of("title", "u")))));

        assertThat(code(engine.alone(mixed(in, insertion("tasks", "a", Map.of("title", "u"))))))
                .isEqualTo(ErrorCode.REUSED);
    }

    @Test
    @Tag("MUT27")
    @DisplayName("[MUT27] a refusal names the change at fault by its index, and nothing is changed")
    void refusals() {
        tasks("a");
        Change fine = updating("tasks", "a", Map.of("title", "u"));
        applied(engine.alone(IN_ROOM.insertsTool("saw", "1")));

        assertRefused(mixed(IN_ROOM, fine, updating("tasks", "a", Map.of("title", 5L))), ErrorCode.INVALID, "1.title");
        assertRefused(mixed(IN_ROOM, fine, deletion("nowhere", "a")), ErrorCode.UNKNOWN_COLLECTION, "1");
        assertRefused(mixed(IN_ROOM, fine, fine, insertion("tasks", "a", Map.of("title", "t"))), ErrorCode.IN_USE, "2");
        assertRefused(
                mixed(IN_ROOM, fine, insertion("tools", null, Map.of("name", "axe", "serial", "1"))),
                ErrorCode.IN_USE,
                "1.serial");
    }

    @Test
    @Tag("MUT27")
    @DisplayName("[MUT27] a repeat of a refused mutation is told the same change")
    void repeatedRefusal() {
        tasks("a");
        Mutation mutation =
                mixed(IN_ROOM.identified("m1"), deletion("tasks", "b"), insertion("tasks", "a", Map.of("title", "t")));
        MutationResult first = engine.alone(mutation);

        assertThat(refused(first).refusal().issues()).extracting(Issue::path).isEqualTo(List.of("1"));
        assertThat(engine.alone(mutation)).isEqualTo(first);
    }
}
