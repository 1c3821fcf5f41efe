package dev.lockstep.wire.cfsync.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.json.PlainJson;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixedChangesTest {
    private static final CollectionName TODOS = new CollectionName("todos");
    private static final CollectionName NOTES = new CollectionName("notes");
    private static final RoomId ROOM = new RoomId("todo-app", "default");
    private static final String DELETE = "{\"collection\":\"todos\",\"action\":\"delete\",\"id\":\"a\"}";

    private static Mutation read(String json) {
        return MixedChanges.read(
                Caller.anonymous("todo-app"),
                ROOM,
                PlainJson.parse(json),
                3,
                name -> Optional.of(new CollectionName(name))
                        .filter(known -> known.equals(TODOS) || known.equals(NOTES)));
    }

    private static Refusal refusal(String json) {
        return catchThrowableOfType(SyncException.class, () -> read(json)).refusal();
    }

    private static String changes(String... changes) {
        return "{\"changes\":[" + String.join(",", changes) + "]}";
    }

    @Test
    @Tag("CFS29")
    @DisplayName("[CFS29] a body with inserts, updates and deletes of several collections is one mutation")
    void reads() {
        Mutation mutation = read("{\"_clientMutationId\":\"m1\",\"changes\":["
                + "{\"collection\":\"todos\",\"action\":\"insert\",\"id\":\"t\",\"data\":{\"title\":\"A\"}},"
                + "{\"collection\":\"notes\",\"action\":\"update\",\"id\":\"n\",\"data\":{\"title\":null}}," + DELETE
                + "]}");

        assertThat(mutation.operation()).isEqualTo(Operation.MIXED);
        assertThat(mutation.room()).isEqualTo(ROOM);
        assertThat(mutation.id()).contains(new MutationId("cfsync:default", "m1").unordered());
        assertThat(mutation.changes())
                .containsExactly(
                        new Change.Insert(TODOS, new EntityId("t"), Map.of("title", "A")),
                        new Change.Update(NOTES, new EntityId("n"), Collections.singletonMap("title", null)),
                        new Change.Delete(TODOS, new EntityId("a")));
        assertThat(read(changes("{\"collection\":\"todos\",\"action\":\"insert\",\"data\":{}}"))
                        .changes())
                .containsExactly(new Change.Insert(TODOS, null, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "5|1|expected object, received number",
                "{\"action\":\"delete\",\"id\":\"a\"}|1.collection|expected string, received nothing",
                "{\"collection\":\"todos\",\"id\":\"a\"}|1.action|expected insert, update or delete",
                "{\"collection\":\"todos\",\"action\":\"upsert\",\"id\":\"a\"}|1.action|expected insert, update or delete",
                "{\"collection\":\"todos\",\"action\":\"update\",\"data\":{}}|1.id|expected string, received nothing",
                "{\"collection\":\"todos\",\"action\":\"update\",\"id\":\"a\"}|1.data|expected object, received nothing",
                "{\"collection\":\"todos\",\"action\":\"insert\",\"id\":5,\"data\":{}}|1.id|expected string, received number"
            })
    @Tag("CFS29")
    @DisplayName("[CFS29] an invalid change is refused by its index")
    void invalid(String change, String path, String message) {
        Refusal refusal = refusal(changes(DELETE, change));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refusal.issues()).containsExactly(new Issue(path, message));
    }

    @Test
    @Tag("CFS29")
    @DisplayName("[CFS29] an unknown collection is refused by the index of its change")
    void unknownCollection() {
        Refusal refusal = refusal(changes(DELETE, DELETE.replace("todos", "tods")));

        assertThat(refusal.code()).isEqualTo(ErrorCode.UNKNOWN_COLLECTION);
        assertThat(refusal.issues()).containsExactly(new Issue("1", "Collection 'tods' not found"));
    }

    @Test
    @Tag("CFS29")
    @DisplayName("[CFS29] a mutation has 1 change to as many as a bulk has rows")
    void limit() {
        assertThat(read(changes(DELETE, DELETE, DELETE)).changes()).hasSize(3);
        assertThat(refusal(changes(DELETE, DELETE, DELETE, DELETE)).message())
                .isEqualTo("changes: expected 1 to 3 elements, received 4");
        assertThat(refusal(changes()).message()).isEqualTo("changes: expected 1 to 3 elements, received 0");
        assertThat(refusal("{}").message()).isEqualTo("changes: expected array, received nothing");
        assertThat(refusal("[]").message()).isEqualTo("body: expected object, received array");
    }
}
