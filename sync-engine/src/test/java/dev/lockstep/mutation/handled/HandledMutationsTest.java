package dev.lockstep.mutation.handled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Condition;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.handler.CollectionHandler;
import dev.lockstep.api.handler.HandledChange;
import dev.lockstep.api.handler.Handles;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowReader;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.collection.mapping.HandledEntities;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.Action;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.LogEntry.Kind;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.MutationValidator;
import dev.lockstep.mutation.batch.BatchWriter;
import dev.lockstep.sample.Tool;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes of a collection whose rows a handler keeps. */
@OnEveryDatabase
class HandledMutationsTest {
    private static final RoomId SHARED = RoomId.shared("workshop");
    private static final CollectionName TOOLS = new CollectionName("tools");
    private static final Duration CALL_MAX = Duration.ofSeconds(2);

    private final TestDatabase database;
    private final CollectionRegistry collections =
            new CollectionRegistry(List.of(Tool.class), Map.of(), HandledEntities.of(List.of(Shed.class)));
    private final Shed shed = new Shed();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private BatchWriter writer;
    private Thread writing;
    private HandlerComponents node;

    HandledMutationsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    void start() {
        writer = new EngineFixture(database, collections).writer();
        writing = EngineFixture.start(writer);
        node = node();
    }

    @AfterEach
    void stop() {
        EngineFixture.end(writer, writing);
        threads.shutdown();
    }

    /** A node on the database, as after a restart. */
    private HandlerComponents node() {
        RowReader reader = new RowReader(EngineFixture.VALIDATION);
        return new HandlerComponents(
                writer,
                new HandledMutations.Collections(
                        collections,
                        model -> Optional.of(shed),
                        new EntityIds(InstantSource.system(), new Random(1)),
                        new MutationValidator(collections, reader)),
                reader,
                new HandlerComponents.Environment(
                        database.transactions(), new ActionLog(), InstantSource.system(), key -> threads),
                new HandlerCalls(key -> threads, CALL_MAX));
    }

    private CompletableFuture<MutationResult> submit(Mutation mutation) {
        return node.mutations().submit(mutation).toCompletableFuture();
    }

    private MutationResult result(Mutation mutation) {
        try {
            return submit(mutation).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private MutationResult.Applied applied(Mutation mutation) {
        MutationResult result = result(mutation);
        assertThat(result).isInstanceOf(MutationResult.Applied.class);
        return (MutationResult.Applied) result;
    }

    private ErrorCode refused(Mutation mutation) {
        return result(mutation) instanceof MutationResult.Refused refused
                ? refused.refusal().code()
                : ErrorCode.INTERNAL;
    }

    private static MutationFixture by(String id) {
        return new MutationFixture(SHARED, Optional.empty(), Optional.empty()).by("c", id);
    }

    private static Mutation insert(String id, String name) {
        return by(id).inserts("tools", null, Map.of("name", name));
    }

    private String inserted(String name) {
        return applied(insert("of " + name, name))
                .rows()
                .getFirst()
                .map(Row::id)
                .map(EntityId::value)
                .orElseThrow();
    }

    private List<LogEntry> logged() {
        return database
                .transactions()
                .run(scope -> new ActionLog().readAfter(scope.connection(), Seq.START, 100))
                .stream()
                .flatMap(commit -> commit.actions().stream())
                .map(Action::entry)
                .toList();
    }

    private long intents() {
        return database.transactions().run(scope -> {
            try (Statement statement = scope.connection().createStatement();
                    ResultSet count = statement.executeQuery("select count(*) from lockstep_intent")) {
                count.next();
                return count.getLong(1);
            }
        });
    }

    /** Waits until a node has settled the intents of the changes that it has answered: a change follows them in their lane. */
    private static void settle(HandlerComponents node) throws Exception {
        Mutation unmet = by("after")
                .deletes("tools", "none")
                .withConditions(List.of(new Condition.Unchanged(
                        TOOLS, new EntityId("none"), Optional.of(new Row(TOOLS, new EntityId("none"), "{}")))));
        assertThat(node.mutations().submit(unmet).toCompletableFuture().get(20, TimeUnit.SECONDS))
                .isInstanceOf(MutationResult.Refused.class);
    }

    private CollectionModel model() {
        return collections.find("workshop", TOOLS).orElseThrow();
    }

    @Test
    @Tag("HAN1")
    @DisplayName("[HAN1] the handler makes a change; the row as it stored it is the answer, and is logged")
    void makes() throws Exception {
        String id = inserted("saw");
        MutationResult.Applied changed = applied(by("u").updates("tools", id, Map.of("name", "better saw")));
        applied(by("d").deletes("tools", id));

        assertThat(changed.rows().getFirst().orElseThrow().json()).contains("better saw", "\"serial\":\"s1\"");
        assertThat(shed.rows).isEmpty();
        assertThat(logged()).extracting(LogEntry::kind).containsExactly(Kind.INSERT, Kind.UPDATE, Kind.DELETE);
        assertThat(logged()).extracting(entry -> entry.mutationId().isPresent()).containsOnly(true);
        settle(node);
        assertThat(intents()).isZero();
    }

    @Test
    @Tag("HAN2")
    @DisplayName("[HAN2] a repeated mutation gets the first answer, and does not reach the handler again")
    void repeats() {
        MutationResult.Applied first = applied(insert("m", "saw"));
        MutationResult.Applied again = applied(insert("m", "saw"));

        assertThat(again.repeated()).isTrue();
        assertThat(again.last()).isEqualTo(first.last());
        assertThat(again.rows()).isEqualTo(first.rows());
        assertThat(shed.calls).hasSize(1);
        assertThat(logged()).hasSize(1);
    }

    @Test
    @Tag("HAN2")
    @DisplayName("[HAN2] after a lost answer the same change is made again by the same id, and logged once")
    void lostAnswer() throws Exception {
        String id = inserted("saw");
        shed.losesAnswer = true;
        Mutation update = by("u").updates("tools", id, Map.of("name", "file"));
        assertThat(refused(update)).isEqualTo(ErrorCode.UNAVAILABLE);
        settle(node);
        assertThat(intents()).isOne();

        applied(update);

        assertThat(shed.calls.subList(1, 3))
                .extracting(change -> change.isRetry())
                .containsExactly(false, true);
        assertThat(shed.calls.get(1).mutationId()).isEqualTo(shed.calls.get(2).mutationId());
        assertThat(logged()).extracting(LogEntry::kind).containsExactly(Kind.INSERT, Kind.UPDATE);
        settle(node);
        assertThat(intents()).isZero();
    }

    @Test
    @Tag("HAN3")
    @DisplayName("[HAN3] a change that was open when its node died is made by another one, once")
    void recovered() throws Exception {
        String id = inserted("saw");
        shed.losesAnswer = true;
        assertThat(refused(by("u").updates("tools", id, Map.of("name", "file"))))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        settle(node);
        assertThat(intents()).isOne();

        HandlerComponents other = node();
        other.recovery().recover(Duration.ZERO);
        settle(other);

        assertThat(intents()).isZero();
        assertThat(logged().getLast().rowAfter().orElseThrow()).contains("file");
        assertThat(logged()).hasSize(2);
    }

    @Test
    @Tag("HAN1")
    @Tag("HAN3")
    @DisplayName(
            "[HAN1][HAN3] the handler sees the caller's claims; when another node makes the change again, the subject only")
    void caller() throws Exception {
        String id = inserted("saw");
        Caller caller = new Caller("workshop", Optional.of("u"), Map.of("tenant", "7"), Optional.empty());
        shed.losesAnswer = true;
        assertThat(refused(new Mutation(
                        caller,
                        SHARED,
                        Operation.UPDATE,
                        List.of(new Change.Update(TOOLS, new EntityId(id), Map.of("name", "file"))),
                        Optional.empty(),
                        Optional.of(new MutationId("c", "u")))))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        settle(node);
        HandlerComponents other = node();
        other.recovery().recover(Duration.ZERO);
        settle(other);

        assertThat(shed.calls.subList(1, 3))
                .extracting(HandledChange::caller)
                .containsExactly(caller, new Caller("workshop", Optional.of("u"), Map.of(), Optional.empty()));
    }

    @Test
    @Tag("HAN3")
    @DisplayName("[HAN3] while a change of a row is open, other changes of it are refused as retryable")
    void rowIsOpen() throws Exception {
        String id = inserted("saw");
        shed.losesAnswer = true;
        refused(by("u").updates("tools", id, Map.of("name", "file")));
        settle(node);
        assertThat(intents()).isOne();

        assertThat(refused(by("other").updates("tools", id, Map.of("name", "axe"))))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        inserted("hammer"); // another row is not concerned
        assertThat(shed.rows)
                .hasEntrySatisfying(new EntityId(id), row -> assertThat(row).containsEntry("name", "file"));
    }

    @Test
    @Tag("HAN4")
    @DisplayName("[HAN4] a refusal of the handler is the answer; nothing is logged, and nothing stays open")
    void refusal() throws Exception {
        assertThat(refused(insert("m", "forbidden"))).isEqualTo(ErrorCode.INVALID);
        assertThat(refused(insert("n", ""))).isIn(ErrorCode.INVALID, ErrorCode.INTERNAL);

        assertThat(logged().stream().filter(entry -> entry.rowAfter().orElse("").contains("forbidden")))
                .isEmpty();
        settle(node);
        assertThat(intents()).isZero();
    }

    @Test
    @Tag("HAN4")
    @DisplayName("[HAN4] several rows at once are refused: another store cannot change all of them or none")
    void bulk() {
        assertThat(refused(new Mutation(
                        Caller.anonymous("workshop"),
                        SHARED,
                        Operation.BULK_INSERT,
                        List.of(
                                MutationFixture.insertion("tools", null, Map.of("name", "a")),
                                MutationFixture.insertion("tools", null, Map.of("name", "b"))),
                        Optional.empty(),
                        Optional.empty())))
                .isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(shed.calls).isEmpty();
    }

    @Test
    @Tag("HAN5")
    @DisplayName("[HAN5] changes of a room are made in the order of their submission; a hanging call ends after a time")
    void orderAndTime() throws Exception {
        String id = inserted("saw");
        shed.released = new CountDownLatch(1);
        CompletableFuture<MutationResult> hanging = submit(by("1").updates("tools", id, Map.of("name", "one")));
        CompletableFuture<MutationResult> other = submit(insert("2", "two"));

        assertThat(hanging.get(20, TimeUnit.SECONDS)).isInstanceOf(MutationResult.Refused.class);
        shed.released.countDown();
        assertThat(other.get(20, TimeUnit.SECONDS)).isInstanceOf(MutationResult.Applied.class);
        applied(by("1").updates("tools", id, Map.of("name", "one")));
        assertThat(shed.calls).extracting(HandledChange::isRetry).containsExactly(false, false, false, true);
        assertThat(shed.calls.get(1).id()).isEqualTo(new EntityId(id));
        assertThat(logged()).extracting(LogEntry::kind).containsExactly(Kind.INSERT, Kind.INSERT, Kind.UPDATE);
    }

    @Test
    @Tag("HAN6")
    @DisplayName("[HAN6] the first read copies the rows of the store, and logs them; a copy is served while it is down")
    void copies() {
        shed.rows.put(new EntityId("x"), new HashMap<>(Map.of("id", "x", "name", "an old saw")));
        node.copies().require(model(), SHARED);
        assertThat(logged()).extracting(LogEntry::kind).containsExactly(Kind.INSERT);

        shed.isDown = true;
        HandlerComponents restarted = node();
        restarted.copies().require(model(), SHARED);
        assertThat(new EngineFixture(database, collections).list("tools", "")).hasSize(1);
    }

    @Test
    @Tag("HAN6")
    @DisplayName("[HAN6] without a copy, a read is refused as retryable while the store is down")
    void neverCopied() {
        shed.isDown = true;

        assertThatThrownBy(() -> node.copies().require(model(), SHARED))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("The store of the collection does not respond; send the request again");
    }

    @Test
    @Tag("HAN6")
    @DisplayName("[HAN6] what another node logs while the rows are fetched is not overwritten by the fetched rows")
    void overtaken() {
        String id = inserted("saw");
        HandlerComponents other = node();
        shed.whileFetching = () -> {
            shed.whileFetching = () -> {};
            try {
                other.mutations()
                        .submit(by("of another node").updates("tools", id, Map.of("name", "newer")))
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        node.copies().copy(model(), SHARED, new EntityId(id));
        node().copies().require(model(), SHARED);

        assertThat(logged()).extracting(LogEntry::kind).containsExactly(Kind.INSERT, Kind.UPDATE);
        assertThat(logged().getLast().rowAfter().orElseThrow()).contains("newer");
    }

    @Test
    @Tag("HAN7")
    @DisplayName("[HAN7] a report copies one row again: what has changed is logged, nothing otherwise")
    void reported() {
        String id = inserted("saw");
        shed.rows.computeIfPresent(new EntityId(id), (key, row) -> {
            row.put("name", "changed by others");
            return row;
        });
        node.copies().copy(model(), SHARED, new EntityId(id));
        node.copies().copy(model(), SHARED, new EntityId(id));
        shed.rows.remove(new EntityId(id));
        node.copies().copy(model(), SHARED, new EntityId(id));

        assertThat(logged()).extracting(LogEntry::kind).containsExactly(Kind.INSERT, Kind.UPDATE, Kind.DELETE);
    }

    @Test
    @Tag("HAN8")
    @DisplayName("[HAN8] a collection has the operations that its handler overrides")
    void operations() {
        assertThat(model().operations())
                .containsExactlyInAnyOrder(Operation.INSERT, Operation.UPDATE, Operation.DELETE);
        CollectionRegistry readOnly =
                new CollectionRegistry(List.of(Tool.class), Map.of(), HandledEntities.of(List.of(ReadOnly.class)));
        assertThat(readOnly.find("workshop", TOOLS).orElseThrow().operations()).isEmpty();
    }

    @Handles(Tool.class)
    private static final class ReadOnly implements CollectionHandler {
        @Override
        public List<Map<String, @Nullable Object>> fetch(RoomId room) {
            return List.of();
        }
    }
}
