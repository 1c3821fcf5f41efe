package dev.lockstep.wire.cfsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.cfsync.CfSyncRequests.Conventions;
import dev.lockstep.wire.json.PlainJson;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CfSyncRequestsTest {
    private static final CollectionName TODOS = new CollectionName("todos");

    private static final String TOO_LONG = "expected at most 255 characters of Unicode without NUL";

    private final CfSyncRequests requests = requests(Conventions.OLDER);

    private static CfSyncRequests requests(Conventions conventions) {
        return new CfSyncRequests(
                Caller.anonymous("todo-app"), new RoomId("todo-app", "default"), TODOS, 100, conventions);
    }

    private static @Nullable Object json(String text) {
        return PlainJson.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertInvalid(ThrowingCallable request, String path, String message) {
        assertThatThrownBy(request).isInstanceOfSatisfying(SyncException.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(ErrorCode.INVALID);
            assertThat(refused.refusal().message()).isEqualTo(path + ": " + message);
            assertThat(refused.refusal().issues()).containsExactly(new Refusal.Issue(path, message));
        });
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] an insert has the fields of its body, with mutation id and scope")
    void insert() {
        Mutation mutation =
                requests.insert(json("{\"title\":\"D\",\"scope\":\"s1\",\"_clientMutationId\":\"cm-3e6qbe\"}"));

        assertThat(mutation.operation()).isEqualTo(Operation.INSERT);
        assertThat(mutation.room()).isEqualTo(new RoomId("todo-app", "default"));
        assertThat(mutation.scope()).contains("s1");
        assertThat(mutation.id().map(MutationId::value)).contains("cm-3e6qbe");
        assertThat(mutation.changes())
                .containsExactly(new Change.Insert(
                        TODOS, null, Map.of("title", "D", "scope", "s1", "_clientMutationId", "cm-3e6qbe")));
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] a text as id is the client's choice; any other value is ignored")
    void chosenIds() {
        assertThat(chosenId("{\"id\":\"my-id\"}")).isEqualTo(new EntityId("my-id"));
        for (String body : new String[] {"{}", "{\"id\":\"\"}", "{\"id\":5}", "{\"id\":null}"}) {
            assertThat(chosenId(body)).isNull();
        }
    }

    @Test
    @Tag("CFS24")
    @Tag("CC2")
    @DisplayName("[CFS24][CC2] the id that the client's library generated takes precedence over other ids")
    void rowIds() {
        assertThat(chosenId("{\"_entityId\":\"theirs\",\"id\":\"mine\"}")).isEqualTo(new EntityId("theirs"));
        assertThat(chosenId("{\"_entityId\":null,\"id\":\"mine\"}")).isEqualTo(new EntityId("mine"));
        Conventions withoutId = new Conventions(Optional.empty(), true, false);
        assertThat(chosenIds(requests(withoutId).insert(json("{\"_entityId\":\"theirs\",\"id\":\"mine\"}"))))
                .containsExactly("theirs");
        assertThat(chosenIds(requests(withoutId).insert(json("{\"id\":\"mine\"}"))))
                .containsExactly("none");
        assertThat(chosenIds(requests.bulkInsert(
                        json("{\"items\":[{},{\"id\":\"x\"},{}]," + "\"_entityIds\":[\"a\",null,\"c\"]}"))))
                .containsExactly("a", "x", "c");
    }

    private static List<String> chosenIds(Mutation mutation) {
        return mutation.changes().stream()
                .map(change -> change instanceof Change.Insert insert && insert.id() != null
                        ? insert.id().value()
                        : "none")
                .toList();
    }

    @Test
    @Tag("CFS24")
    @Tag("CC2")
    @DisplayName("[CFS24][CC2] invalid or missing library ids are refused by their path")
    void wrongRowIds() {
        String sentence = "an id is 1 to 255 characters of Unicode without NUL";
        assertInvalid(
                () -> requests.insert(json("{\"_entityId\":5}")), "_entityId", "expected string, received number");
        assertInvalid(() -> requests.insert(json("{\"_entityId\":\"\"}")), "_entityId", sentence);
        assertInvalid(() -> requests.insert(json("{\"_entityId\":\"a\\u0000\"}")), "_entityId", sentence);
        assertInvalid(
                () -> requests.bulkInsert(json("{\"items\":[{},{}],\"_entityIds\":[\"a\",\"\"]}")),
                "_entityIds.1",
                sentence);
        assertInvalid(
                () -> requests.bulkInsert(json("{\"items\":[{},{}],\"_entityIds\":[\"a\"]}")),
                "_entityIds",
                "expected one id for each of the 2 items, received 1");
        assertInvalid(
                () -> requests.bulkInsert(json("{\"items\":[{}],\"_entityIds\":\"a\"}")),
                "_entityIds",
                "expected array, received string");
    }

    @Test
    @Tag("COL17")
    @Tag("CC4")
    @DisplayName("[COL17][CC4] the scope of the address names the list; so does that of the body, unless it is a value")
    void scopesOfUpdates() {
        Object body = json("{\"title\":\"x\",\"scope\":\"b\"}");
        Mutation older = requests.update("a", body);
        Mutation newer =
                requests(new Conventions(Optional.empty(), false, true)).update("a", body);
        Mutation listed =
                requests(new Conventions(Optional.of("l"), true, true)).update("a", json("{}"));

        assertThat(older.scope()).contains("b");
        assertThat(fields(older)).containsKey("scope");
        assertThat(newer.scope()).contains("b");
        assertThat(fields(newer)).containsOnlyKeys("title");
        assertThat(listed.scope()).contains("l");
    }

    private static Map<String, @Nullable Object> fields(Mutation mutation) {
        return mutation.changes().getFirst() instanceof Change.Update update ? update.fields() : Map.of();
    }

    private @Nullable EntityId chosenId(String body) {
        Change change = requests.insert(json(body)).changes().getFirst();
        return change instanceof Change.Insert insert ? insert.id() : null;
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] a null or empty scope or mutation id counts as missing")
    void noneGiven() {
        Mutation mutation = requests.insert(json("{\"scope\":null,\"_clientMutationId\":\"\"}"));

        assertThat(mutation.scope()).isEmpty();
        assertThat(mutation.id()).isEmpty();
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] an update and a delete apply to the row of the path")
    void singleRow() {
        assertThat(requests.update("a", json("{\"completed\":true}")).changes())
                .containsExactly(new Change.Update(TODOS, new EntityId("a"), Map.of("completed", true)));
        Mutation deletion = requests.delete("a", Map.of("_clientMutationId", "cm", "scope", "s"));
        assertThat(deletion.changes()).containsExactly(new Change.Delete(TODOS, new EntityId("a")));
        assertThat(deletion.scope()).contains("s");
    }

    @Test
    @Tag("CFS5")
    @DisplayName("[CFS5] a bulk is one mutation, in the order of its items")
    void bulks() {
        Mutation updates = requests.bulkUpdate(json("{\"items\":[{\"id\":\"b\",\"data\":{\"title\":\"x\"}},"
                + "{\"id\":\"a\",\"data\":{}}],\"_clientMutationId\":\"cm-9y39k4\"}"));

        assertThat(updates.operation()).isEqualTo(Operation.BULK_UPDATE);
        assertThat(updates.isBulk()).isTrue();
        assertThat(updates.changes())
                .containsExactly(
                        new Change.Update(TODOS, new EntityId("b"), Map.of("title", "x")),
                        new Change.Update(TODOS, new EntityId("a"), Map.of()));
        assertThat(requests.bulkDelete(json("{\"ids\":[\"b\",\"a\"]}")).changes())
                .containsExactly(
                        new Change.Delete(TODOS, new EntityId("b")), new Change.Delete(TODOS, new EntityId("a")));
        assertThat(requests.bulkInsert(json("{\"items\":[{\"title\":\"b1\"},{\"title\":\"b2\"}]}"))
                        .changes())
                .hasSize(2);
    }

    @Test
    @Tag("CFS5")
    @DisplayName("[CFS5] a bulk has 1 to 100 items")
    void bulkLimits() {
        assertThat(requests.bulkDelete(json(ids(100))).changes()).hasSize(100);
        assertInvalid(() -> requests.bulkDelete(json(ids(0))), "ids", "expected 1 to 100 elements, received 0");
        assertInvalid(() -> requests.bulkDelete(json(ids(101))), "ids", "expected 1 to 100 elements, received 101");
    }

    private static String ids(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"i" + i + "\"")
                .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
    }

    @Test
    @Tag("CFS2")
    @DisplayName("[CFS2] a body of the wrong shape is refused by its path")
    void wrongShapes() {
        Function<String, ThrowingCallable> insert = body -> () -> requests.insert(json(body));
        assertInvalid(insert.apply("[]"), "body", "expected object, received array");
        assertInvalid(insert.apply("null"), "body", "expected object, received nothing");
        assertInvalid(
                insert.apply("{\"_clientMutationId\":5}"), "_clientMutationId", "expected string, received number");
        assertInvalid(insert.apply("{\"scope\":{}}"), "scope", "expected string, received object");
        assertInvalid(
                () -> requests.bulkInsert(json("{\"items\":[{},1]}")), "items.1", "expected object, received number");
        assertInvalid(() -> requests.bulkInsert(json("{}")), "items", "expected array, received nothing");
        assertInvalid(
                () -> requests.bulkUpdate(json("{\"items\":[{\"id\":\"a\",\"data\":{}},{\"data\":{}}]}")),
                "items.1.id",
                "expected string, received nothing");
        assertInvalid(
                () -> requests.bulkUpdate(json("{\"items\":[{\"id\":\"a\"}]}")),
                "items.0.data",
                "expected object, received nothing");
        assertInvalid(
                () -> requests.bulkDelete(json("{\"ids\":[true]}")), "ids.0", "expected string, received boolean");
    }

    @Test
    @Tag("CFS2")
    @DisplayName("[CFS2] ids that databases do not store are refused by their path")
    void impossibleIds() {
        String sentence = "an id is 1 to 255 characters of Unicode without NUL";
        assertInvalid(() -> requests.update("x".repeat(256), json("{}")), "id", sentence);
        assertInvalid(() -> requests.delete("a\0", Map.of()), "id", sentence);
        assertInvalid(() -> requests.bulkDelete(json("{\"ids\":[\"\"]}")), "ids.0", sentence);
    }

    @Test
    @Tag("CFS18")
    @DisplayName("[CFS18] syncId in body or query names the room; a body that is no object names none")
    void rooms() {
        assertThat(CfSyncRequests.room(json("{\"syncId\":\"a/b:c\"}"))).contains("a/b:c");
        for (String none : List.of("{}", "{\"syncId\":\"\"}", "{\"syncId\":null}", "[]", "null", "\"syncId\"")) {
            assertThat(CfSyncRequests.room(json(none))).as(none).isEmpty();
        }
        assertInvalid(
                () -> CfSyncRequests.room(json("{\"syncId\":[\"a\"]}")), "syncId", "expected string, received array");
        assertInvalid(() -> CfSyncRequests.room(Map.of("syncId", "x".repeat(256))), "syncId", TOO_LONG);
    }

    @Test
    @Tag("CFS17")
    @DisplayName("[CFS17] a scope is any text that databases store; an empty one counts as missing")
    void scopes() {
        for (String scope : List.of("s", "__proto__", "' or 1=1", "%00", "\ud83d\ude00", " ", "x".repeat(255))) {
            assertThat(CfSyncRequests.scope(Map.of("scope", scope))).contains(scope);
        }
        assertThat(CfSyncRequests.scope(Map.of("scope", ""))).isEmpty();
        for (String scope : List.of("x".repeat(256), "a\0b", "\ud83d")) {
            assertInvalid(() -> CfSyncRequests.scope(Map.of("scope", scope)), "scope", TOO_LONG);
        }
    }

    @Test
    @Tag("CFS17")
    @DisplayName("[CFS17] an id is any text that databases store")
    void oddIds() {
        for (String id : List.of("__proto__", "bulk", "a/b", "%2F", "'; drop", ".", " ", "\u202e", "x".repeat(255))) {
            assertThat(requests.delete(id, Map.of()).changes())
                    .containsExactly(new Change.Delete(TODOS, new EntityId(id)));
        }
    }

    @Test
    @Tag("ENT8")
    @Tag("CFS24")
    @DisplayName("[ENT8][CFS24] an id that clients make without knowing the form of the collection's ids is ignored")
    void idOfOtherForm() {
        Conventions parts =
                new Conventions(Optional.empty(), false, true, id -> id.value().contains("~"));
        assertThat(chosenIds(requests(parts).insert(json("{\"_entityId\":\"b\"}"))))
                .containsExactly("none");
        assertThat(chosenIds(requests(parts).insert(json("{\"_entityId\":\"b~1\"}"))))
                .containsExactly("b~1");
    }
}
