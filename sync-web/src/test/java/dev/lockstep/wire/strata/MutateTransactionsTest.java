package dev.lockstep.wire.strata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.access.routing.RowRouter;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.wire.strata.frame.StrataAnswers.Outcome;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MutateTransactionsTest {
    private static final List<String> GROUPS = List.of("ws-1", "ws-a", "alice");

    private final EngineDouble engine = new EngineDouble();

    /** A minimal engine: rooms of rows, results, and the mutations that were submitted. */
    private static final class EngineDouble {
        private final Map<String, String> rooms = new HashMap<>();
        private final Map<String, Seq> done = new HashMap<>();
        private final List<String> submitted = new ArrayList<>();
        private Function<Mutation, Optional<MutationResult>> instead = mutation -> Optional.empty();
        private Runnable afterLook = () -> {};
        private int looks;
        private int looksForRepeats;
        private long head;

        private Map<CollectionModel, Map<EntityId, RoomId>> look(Map<CollectionModel, Set<EntityId>> wanted) {
            looks++;
            Map<CollectionModel, Map<EntityId, RoomId>> found = new HashMap<>();
            wanted.forEach((model, ids) -> ids.stream()
                    .filter(id -> rooms.containsKey(id.value()))
                    .forEach(id -> found.computeIfAbsent(model, first -> new HashMap<>())
                            .put(id, new RoomId("tasks", rooms.getOrDefault(id.value(), "")))));
            afterLook.run();
            return found;
        }

        private Map<MutationId, MutationResult> repeats(Collection<MutationId> ids) {
            looksForRepeats++;
            Map<MutationId, MutationResult> known = new HashMap<>();
            ids.forEach(id -> Optional.ofNullable(done.get(id.value()))
                    .ifPresent(last -> known.put(id, new MutationResult.Applied(last, List.of()).again())));
            return known;
        }

        private CompletionStage<MutationResult> submit(Mutation mutation) {
            Change change = mutation.changes().getFirst();
            submitted.add(mutation.operation() + " " + id(change) + " in "
                    + mutation.room().name());
            return CompletableFuture.completedStage(instead.apply(mutation).orElseGet(() -> answer(mutation, change)));
        }

        private MutationResult answer(Mutation mutation, Change change) {
            String key = mutation.id().orElseThrow().value();
            if (done.containsKey(key)) {
                return applied(done.get(key)).again();
            }
            String room = mutation.room().name();
            if (!(change instanceof Change.Insert) && !room.equals(rooms.get(id(change)))) {
                return applied(Seq.START);
            }
            switch (change) {
                case Change.Insert insert -> rooms.put(id(insert), room);
                case Change.Delete delete -> rooms.remove(id(delete));
                case Change.Update update -> update.room().ifPresent(other -> rooms.put(id(update), other));
                case Change.Archive archive -> {}
                case Change.Unarchive unarchive -> {}
                case Change.Append append -> throw new IllegalArgumentException("no row");
            }
            done.put(key, new Seq(++head));
            return applied(new Seq(head));
        }

        private static MutationResult.Applied applied(Seq at) {
            return new MutationResult.Applied(at, List.of(Optional.<Row>empty()));
        }

        private static String id(Change change) {
            return switch (change) {
                case Change.Insert insert -> String.valueOf(insert.id());
                case Change.Update update -> update.id().value();
                case Change.Delete delete -> delete.id().value();
                case Change.Archive archive -> archive.id().value();
                case Change.Unarchive unarchive -> unarchive.id().value();
                case Change.Append append -> throw new IllegalArgumentException("no row");
            };
        }
    }

    private static Transaction tx(String id, Operation action, String row, Map<String, Object> payload) {
        return new Transaction(action, "c", id, row, "Task", new HashMap<>(payload));
    }

    private static Transaction insert(String id, String row, String room) {
        return tx(id, Operation.INSERT, row, Map.of("workspaceId", room));
    }

    private static Transaction update(String id, String row) {
        return tx(id, Operation.UPDATE, row, Map.of("title", "x", "workspaceId", "ws-a"));
    }

    private CompletableFuture<List<Outcome>> run(Transaction... transactions) {
        Caller alice = new Caller("tasks", Optional.of("alice"), Map.of(), Optional.empty());
        RowRouter router =
                new RowRouter(new RowRouter.Ports(engine::look, engine::submit, Runnable::run, Runnable::run));
        MutateTransactions.Ports ports = new MutateTransactions.Ports(router, engine::repeats);
        return new MutateTransactions(alice, GROUPS, new AccessContext(), ModelFixture.all(), ports)
                .run(List.of(transactions))
                .toCompletableFuture();
    }

    private List<String> outcomes(Transaction... transactions) {
        return run(transactions).join().stream()
                .map(outcome -> outcome.syncId().map(Seq::toString).orElse(outcome.error()))
                .toList();
    }

    @Test
    @Tag("STR13")
    @DisplayName(
            "[STR13] transactions are submitted in their order, each in the room of its row; one lookup serves all")
    void inOrder() {
        engine.rooms.put("old", "ws-1");

        assertThat(outcomes(
                        insert("1", "new", "ws-a"),
                        update("2", "old"),
                        update("3", "new"),
                        tx("4", Operation.DELETE, "new", Map.of())))
                .containsExactly("1", "2", "3", "4");
        assertThat(engine.submitted)
                .containsExactly(
                        "INSERT new in ws-a", "UPDATE old in ws-1", "UPDATE new in ws-a", "DELETE new in ws-a");
        assertThat(engine.looks).isEqualTo(1);
    }

    @Test
    @Tag("STR29")
    @Tag("STR5")
    @DisplayName(
            "[STR29][STR5] an insert is submitted before the updates of its row; results keep the order of the request")
    void insertBeforeUpdates() {
        assertThat(outcomes(update("1", "new"), insert("2", "other", "ws-1"), insert("3", "new", "ws-a")))
                .containsExactly("2", "3", "1");
        assertThat(engine.submitted)
                .containsExactly("INSERT new in ws-a", "UPDATE new in ws-a", "INSERT other in ws-1");
    }

    @Test
    @Tag("STR13")
    @Tag("MUT9")
    @Tag("CW10")
    @DisplayName("[STR13][MUT9][CW10] a repeat gets its first answer, though its caller has left the group since")
    void doneBefore() {
        engine.done.put("1", new Seq(7));
        engine.done.put("2", new Seq(8));

        assertThat(outcomes(
                        insert("1", "gone", "left"),
                        new Transaction(Operation.INSERT, "c", "2", "x", "Removed", Map.of()),
                        insert("3", "other", "left")))
                .containsExactly("7", "8", "Access denied");
        assertThat(engine.looksForRepeats).isEqualTo(1);

        outcomes(insert("4", "new", "ws-a"));
        assertThat(engine.looksForRepeats).isEqualTo(1);
    }

    @Test
    @Tag("STR31")
    @DisplayName(
            "[STR31] the group named like the user is the user's own room, and a row that is a room is no user's room")
    void ownRoom() {
        engine.rooms.put("mine", "~alice");
        engine.rooms.put("theirs", "alice");

        assertThat(outcomes(
                        insert("1", "new", "alice"),
                        update("2", "mine"),
                        insert("3", "x", "~bob"),
                        update("4", "theirs")))
                .containsExactly("1", "2", "Access denied", "Access denied");
        assertThat(engine.submitted)
                .contains("INSERT new in ~alice", "UPDATE mine in ~alice", "UPDATE theirs in ~alice");
    }

    @Test
    @Tag("STR13")
    @DisplayName("[STR13] a failed transaction does not affect the others, and is answered in the contract's words")
    void failures() {
        engine.rooms.put("bobs", "ws-b");
        engine.rooms.put("old", "ws-1");

        assertThat(outcomes(
                        new Transaction(Operation.INSERT, "c", "1", "x", "Nope", Map.of()),
                        tx("2", Operation.INSERT, "x", Map.of()),
                        insert("3", "x", "ws-b"),
                        update("4", "never"),
                        update("5", "bobs"),
                        tx("6", Operation.ARCHIVE, "old", Map.of()),
                        new Transaction(Operation.ARCHIVE, "c", "7", "never", "Comment", Map.of()),
                        update("8", "old")))
                .containsExactly(
                        "Unknown model: Nope",
                        "Invalid mutation: missing required group identifier",
                        "Access denied",
                        "Invalid mutation: record not found",
                        "Access denied",
                        "archivedAt is required",
                        "Invalid mutation: record not found",
                        "1");
    }

    @Test
    @Tag("STR5")
    @DisplayName("[STR5] a repeat gets its first answer, though its row was deleted or moved since")
    void repeats() {
        engine.rooms.put("a", "ws-1");
        engine.rooms.put("b", "ws-1");
        Transaction delete = tx("1", Operation.DELETE, "a", Map.of());

        assertThat(outcomes(delete, update("2", "b"))).containsExactly("1", "2");
        engine.rooms.put("b", "ws-b");
        assertThat(outcomes(delete, update("2", "b"))).containsExactly("1", "2");
    }

    @Test
    @Tag("STR13")
    @DisplayName("[STR13] a row that moves during its lookup is looked up again, at most 3 times")
    void moving() {
        engine.rooms.put("a", "ws-1");
        engine.afterLook = () -> {
            if (engine.looks < 2) {
                engine.rooms.put("a", "ws-a");
            }
        };
        assertThat(outcomes(update("1", "a"), update("2", "a"))).containsExactly("1", "2");
        assertThat(engine.submitted)
                .containsExactly("UPDATE a in ws-1", "UPDATE a in ws-1", "UPDATE a in ws-a", "UPDATE a in ws-a");

        engine.looks = 0;
        engine.afterLook = () -> engine.rooms.put("a", "ws-a".equals(engine.rooms.get("a")) ? "ws-1" : "ws-a");
        assertThat(outcomes(update("3", "a"))).containsExactly("Invalid mutation: record not found");
        assertThat(engine.looks).isEqualTo(1 + RowRouter.LOOKUPS_REPEATED_MAX);
    }

    @Test
    @Tag("STR13")
    @DisplayName("[STR13] a row that has returned to its earlier room is found there")
    void back() {
        engine.rooms.put("a", "ws-1");
        engine.instead = once(Set.of("1"));

        assertThat(outcomes(update("1", "a"))).containsExactly("1");
        assertThat(engine.submitted).containsExactly("UPDATE a in ws-1", "UPDATE a in ws-1");
    }

    @Test
    @Tag("STR13")
    @DisplayName("[STR13] a move and an edit of a row that another client moves meanwhile both succeed")
    void movedByTwo() {
        engine.rooms.put("n", "ws-1");
        engine.afterLook = () -> {
            if (engine.looks == 1) {
                engine.rooms.put("n", "~alice");
            }
        };
        Transaction move = new Transaction(Operation.UPDATE, "c", "1", "n", "Note", Map.of("workspaceId", "ws-a"));
        Transaction edit = new Transaction(Operation.UPDATE, "c", "2", "n", "Note", Map.of("title", "x"));

        assertThat(outcomes(move, edit)).containsExactly("1", "2");
        assertThat(engine.submitted)
                .containsExactly("UPDATE n in ws-1", "UPDATE n in ws-a", "UPDATE n in ~alice", "UPDATE n in ws-a");
    }

    @Test
    @Tag("STR13")
    @DisplayName("[STR13] a transaction that did not find its row is not executed after a later one that did")
    void overtaken() {
        engine.rooms.put("a", "ws-1");
        engine.instead = once(Set.of("1", "3"));

        assertThat(outcomes(update("1", "a"), update("2", "a"), update("3", "a")))
                .containsExactly("Invalid mutation: record not found", "1", "2");
    }

    /** The row is in another room when these are first submitted. */
    private static Function<Mutation, Optional<MutationResult>> once(Set<String> transactions) {
        Set<String> left = new HashSet<>(transactions);
        return mutation -> left.remove(mutation.id().orElseThrow().value())
                ? Optional.of(EngineDouble.applied(Seq.START))
                : Optional.empty();
    }

    @Test
    @Tag("STR13")
    @DisplayName("[STR13] a permanent refusal is a result; a retryable one fails the request, so that the client keeps"
            + " all of it")
    void refusals() {
        engine.instead = mutation ->
                mutation.id().orElseThrow().value().equals("1") ? refused(ErrorCode.IN_USE) : Optional.empty();
        assertThat(outcomes(insert("1", "a", "ws-1"), insert("2", "b", "ws-1"))).containsExactly("why", "1");

        engine.instead = mutation ->
                mutation.id().orElseThrow().value().equals("3") ? refused(ErrorCode.OVERLOADED) : Optional.empty();
        assertThat(run(insert("3", "c", "ws-1"), insert("4", "d", "ws-1")))
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(SyncException.class);
        assertThat(engine.rooms).containsKey("d");

        engine.instead = mutation -> {
            throw new IllegalStateException("a fault");
        };
        assertThat(run(insert("5", "e", "ws-1"))).isCompletedExceptionally();
    }

    private static Optional<MutationResult> refused(ErrorCode code) {
        return Optional.of(new MutationResult.Refused(new Refusal(code, "why")));
    }
}
