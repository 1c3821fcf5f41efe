package dev.lockstep.wire.cfsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult.Applied;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CfSyncAnswersTest {
    private static final CollectionName TODOS = new CollectionName("todos");
    private static final Optional<Row> A = Optional.of(new Row(TODOS, new EntityId("a"), "{\"id\":\"a\"}"));
    private static final Optional<Row> B = Optional.of(new Row(TODOS, new EntityId("b"), "{\"id\":\"b\"}"));

    private static Mutation asked(Operation operation, Change... changes) {
        List<Change> some =
                changes.length > 0 ? List.of(changes) : List.of(new Change.Delete(TODOS, new EntityId("a")));
        return new Mutation(
                Caller.anonymous("todo-app"),
                new RoomId("todo-app", "default"),
                operation,
                some,
                Optional.empty(),
                Optional.empty());
    }

    private static Applied applied(List<Optional<Row>> rows) {
        return new Applied(Seq.START, rows);
    }

    @Test
    @Tag("CFS10")
    @DisplayName("[CFS10] the health response has the original worker's form")
    void health() {
        assertThat(CfSyncAnswers.health(
                        Instant.parse("2026-11-21T01:52:57.344Z"),
                        Optional.of(List.of(TODOS, new CollectionName("notes")))))
                .isEqualTo("{\"status\":\"ok\",\"timestamp\":\"2026-11-21T01:52:57.344Z\","
                        + "\"collections\":[\"todos\",\"notes\"]}");
    }

    @Test
    @Tag("CFS10")
    @DisplayName("[CFS10] the health response omits the collections where the setting disables them (W27)")
    void healthAlone() {
        assertThat(CfSyncAnswers.health(Instant.parse("2026-11-21T01:52:57.344Z"), Optional.empty()))
                .isEqualTo("{\"status\":\"ok\",\"timestamp\":\"2026-11-21T01:52:57.344Z\"}");
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] a list response holds the rows under the collection's name")
    void list() {
        assertThat(CfSyncAnswers.listStart(TODOS) + CfSyncAnswers.LIST_END).isEqualTo("{\"todos\":[]}");
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] a single change is answered with its row, or with null for a missing row")
    void single() {
        assertThat(CfSyncAnswers.applied(asked(Operation.INSERT), applied(List.of(A))))
                .isEqualTo("{\"success\":true,\"data\":{\"id\":\"a\"}}");
        assertThat(CfSyncAnswers.applied(asked(Operation.UPDATE), applied(List.of(Optional.empty()))))
                .isEqualTo("{\"success\":true,\"data\":null}");
        assertThat(CfSyncAnswers.applied(asked(Operation.DELETE), applied(List.of(A))))
                .isEqualTo("{\"success\":true}");
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] a bulk is answered with the existing rows in their order; a bulk delete without rows")
    void bulk() {
        assertThat(CfSyncAnswers.applied(asked(Operation.BULK_UPDATE), applied(List.of(B, Optional.empty(), A))))
                .isEqualTo("{\"success\":true,\"data\":[{\"id\":\"b\"},{\"id\":\"a\"}]}");
        assertThat(CfSyncAnswers.applied(asked(Operation.BULK_DELETE), applied(List.of(A, B))))
                .isEqualTo("{\"success\":true}");
    }

    @Test
    @Tag("CFS29")
    @DisplayName("[CFS29] changes of several kinds are answered with one element each, and with their position")
    void mixed() {
        Mutation mutation = asked(
                Operation.MIXED,
                new Change.Insert(TODOS, null, Map.of()),
                new Change.Update(TODOS, new EntityId("x"), Map.of()),
                new Change.Delete(TODOS, new EntityId("b")));

        assertThat(CfSyncAnswers.applied(mutation, new Applied(new Seq(7), List.of(A, Optional.empty(), B))))
                .isEqualTo("{\"success\":true,\"data\":[{\"id\":\"a\"},null,{\"id\":\"b\"}],\"seq\":7}");
        assertThat(CfSyncAnswers.applied(
                        mutation, applied(List.of(Optional.empty(), Optional.empty(), Optional.empty()))))
                .isEqualTo("{\"success\":true,\"data\":[null,null,null]}");
    }
}
