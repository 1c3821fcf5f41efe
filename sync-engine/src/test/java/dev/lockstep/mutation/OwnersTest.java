package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static dev.lockstep.mutation.Results.code;
import static dev.lockstep.mutation.Results.refused;
import static dev.lockstep.mutation.Results.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.access.chain.AccessChainFixture;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Condition;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.Ownership;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.mutation.batch.BatchWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Owner checks of writes, also where the owner of a row changes between the check and the lock. */
@OnEveryDatabase
class OwnersTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");
    private static final Caller ANN = AccessChainFixture.user("ann");
    private static final Caller BEN = AccessChainFixture.user("ben");
    private static final List<Condition> OWNED = List.of(new Condition.Owned());

    private final TestDatabase database;
    private final EngineFixture engine;

    OwnersTest(TestDatabase database) {
        this.database = database;
        engine = new EngineFixture(database.emptied());
    }

    private static Mutation by(Caller caller, Mutation any) {
        return new Mutation(
                caller,
                any.room(),
                any.operation(),
                any.changes(),
                any.scope(),
                any.id(),
                any.conditions(),
                any.context());
    }

    private static Mutation owned(Caller caller, Mutation any) {
        return by(caller, any).withConditions(OWNED);
    }

    private static Mutation fills(String id, String content) {
        return IN_ROOM.updates("parcels", id, Map.of("content", content));
    }

    private static Mutation bulk(Operation operation, Change... changes) {
        return new Mutation(ANN, IN_ROOM.room(), operation, List.of(changes), Optional.empty(), Optional.empty());
    }

    /** A change by an application's SQL. */
    private void setOwner(Caller caller, String id) {
        database.execute("update workshop_parcels set owner_id = '"
                + caller.subject().orElseThrow() + "' where id = '" + id + "'");
    }

    /** The result of a mutation if this happens after access, and before its row is locked. */
    private MutationResult meanwhile(Mutation mutation, Runnable happens) {
        BatchWriter writer = engine.writer();
        CompletionStage<MutationResult> answer = writer.submit(mutation);
        happens.run();
        Thread thread = EngineFixture.start(writer);
        try {
            return EngineFixture.get(answer);
        } finally {
            EngineFixture.end(writer, thread);
        }
    }

    private void annsParcel(String id) {
        engine.alone(by(ANN, IN_ROOM.inserts("parcels", id, Map.of("content", "old"))));
    }

    @Test
    @Tag("ACC11")
    @DisplayName("[ACC11] a new row belongs to its caller, whatever the client sends, and stays so (W6, W29)")
    void injected() {
        MutationResult born = engine.alone(
                by(ANN, IN_ROOM.inserts("parcels", "a", Map.of("ownerId", "ben", "project", "p2", "content", "c"))));
        assertThat(row(born)).contains("{\"id\":\"a\",\"project\":\"p1\",\"ownerId\":\"ann\",\"content\":\"c\"}");

        MutationResult changed = engine.alone(
                by(BEN, IN_ROOM.updates("parcels", "a", Map.of("ownerId", "ben", "project", "p2", "content", "d"))));
        assertThat(row(changed)).contains("{\"id\":\"a\",\"project\":\"p1\",\"ownerId\":\"ann\",\"content\":\"d\"}");
    }

    @Test
    @Tag("ACC11")
    @DisplayName("[ACC11] anonymous callers insert nothing that needs an owner, and learn nothing of its schema")
    void anonymous() {
        MutationResult answer = engine.alone(IN_ROOM.inserts("parcels", "a", Map.of("ownerId", "ann", "content", 5L)));

        assertThat(refused(answer).refusal().code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(refused(answer).refusal().message()).isEqualTo("Unauthorized");
        assertThat(engine.commits()).isEmpty();
    }

    @Test
    @Tag("ACC14")
    @DisplayName("[ACC14] a caller without write access is refused for that, not for invalid values (W27)")
    void accessBeforeValues() {
        Mutation wrong = IN_ROOM.inserts("tasks", "t", Map.of("title", 5L));
        AccessPolicy policy = AccessPolicy.builder().requireAuthentication().build();
        BatchWriter writer = engine.writer(); // a refused mutation never gets to its thread
        try (AccessChainFixture chain = AccessChainFixture.before(writer, policy, database)) {
            assertThat(code(chain.submit(wrong))).isEqualTo(ErrorCode.UNAUTHENTICATED);
            assertThat(code(chain.submit(by(ANN, wrong)))).isEqualTo(ErrorCode.INVALID);
        }
    }

    @Test
    @Tag("ACC12")
    @DisplayName("[ACC12] owners change their rows, and a missing row is no error")
    void owners() {
        annsParcel("a");
        assertThat(row(engine.alone(owned(ANN, fills("a", "new"))))).isPresent();
        assertThat(row(engine.alone(owned(ANN, fills("never", "new"))))).isEmpty();
        assertThat(row(engine.alone(owned(ANN, IN_ROOM.deletes("parcels", "a")))))
                .isPresent();
        assertThat(engine.json("parcels", "p1")).isEmpty();
    }

    @Test
    @Tag("ACC12")
    @DisplayName("[ACC12] other callers change none, alone or in a bulk; a bulk is refused as a whole")
    void others() {
        annsParcel("a");
        engine.alone(by(BEN, IN_ROOM.inserts("parcels", "b", Map.of("content", "old"))));
        for (Mutation foreign : List.of(fills("b", "new"), IN_ROOM.deletes("parcels", "b"))) {
            for (Caller caller : List.of(ANN, Caller.anonymous("workshop"))) {
                MutationResult answer = engine.alone(owned(caller, foreign));
                assertThat(code(answer)).isEqualTo(ErrorCode.FORBIDDEN);
                assertThat(refused(answer).refusal().message()).isEqualTo("Forbidden: you do not own this record");
            }
        }
        for (Mutation bulk : List.of(
                bulk(
                        Operation.BULK_UPDATE,
                        updating("parcels", "a", Map.of("content", "new")),
                        updating("parcels", "b", Map.of("content", "new"))),
                bulk(Operation.BULK_DELETE, deletion("parcels", "a"), deletion("parcels", "b")))) {
            assertThat(refused(engine.alone(bulk.withConditions(OWNED)))
                            .refusal()
                            .message())
                    .isEqualTo("Forbidden: you do not own record b");
        }

        assertThat(engine.stored("parcels", "content")).containsExactly("old", "old");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("ACC12")
    @DisplayName("[ACC12] a row whose owner changes before it is locked is checked against the new owner")
    void ownerChanges(boolean update) {
        annsParcel("a");
        Mutation mutation = owned(ANN, update ? fills("a", "new") : IN_ROOM.deletes("parcels", "a"));
        MutationResult answer = meanwhile(mutation, () -> setOwner(BEN, "a"));

        assertThat(code(answer)).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(engine.stored("parcels", "content")).containsExactly("old");
    }

    @Test
    @Tag("ACC12")
    @DisplayName("[ACC12] a row whose owner changes within a batch is checked against the new owner")
    void ownerChangesInABatch() {
        annsParcel("a");
        List<MutationResult> answers = engine.together(
                owned(ANN, IN_ROOM.deletes("parcels", "a")),
                by(BEN, IN_ROOM.inserts("parcels", "a", Map.of("content", "ben's"))),
                owned(ANN, fills("a", "new")));

        assertThat(code(answers.get(2))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(engine.stored("parcels", "content")).containsExactly("ben's");
    }

    @Test
    @Tag("ACC12")
    @DisplayName("[ACC12] a row that differs from the one that access was decided by is left unchanged, retryable")
    void another() {
        annsParcel("a");
        Mutation update = by(ANN, fills("a", "new"));
        Mutation known = update.withConditions(
                List.of(unchanged("a", engine.list("parcels", "p1").getFirst().json())));
        MutationResult answer =
                meanwhile(known, () -> database.execute("update workshop_parcels set content = 'theirs'"));
        MutationResult appeared = engine.alone(update.withConditions(List.of(
                new Condition.Unchanged(update.changes().getFirst().in(), new EntityId("a"), Optional.empty()))));

        assertThat(code(answer)).isEqualTo(ErrorCode.ROW_CHANGED);
        assertThat(code(appeared)).isEqualTo(ErrorCode.ROW_CHANGED);
        assertThat(engine.stored("parcels", "content")).containsExactly("theirs");
    }

    private static Condition unchanged(String id, String json) {
        CollectionName parcels = new CollectionName("parcels");
        EntityId row = new EntityId(id);
        return new Condition.Unchanged(parcels, row, Optional.of(new Row(parcels, row, json)));
    }

    @Test
    @Tag("ACC12")
    @DisplayName("[ACC12] a mutation that names a row twice is compared with the row before the mutation")
    void twice() {
        annsParcel("a");
        Mutation bulk = bulk(
                        Operation.BULK_UPDATE,
                        updating("parcels", "a", Map.of("content", "one")),
                        updating("parcels", "a", Map.of("content", "two")))
                .withConditions(List.of(
                        unchanged("a", engine.list("parcels", "p1").getFirst().json())));

        assertThat(Results.isApplied(engine.alone(bulk))).isTrue();
        assertThat(engine.stored("parcels", "content")).containsExactly("two");
    }

    /** A query that finds the owner in the row, and then runs the given code. */
    private MutationResult asked(Mutation mutation, AtomicInteger asked, Runnable afterwards) {
        return asked(asked, afterwards, chain -> chain.submit(mutation));
    }

    private <T> T asked(AtomicInteger asked, Runnable afterwards, Function<AccessChainFixture, T> submitting) {
        Ownership ownership = Ownership.ofInserts().checkingOnUpdateDelete((access, row) -> {
            boolean owns = row.json()
                    .contains("\"ownerId\":\"" + access.caller().subject().orElseThrow() + "\"");
            asked.incrementAndGet();
            afterwards.run();
            return owns;
        });
        BatchWriter writer = engine.writer();
        Thread thread = EngineFixture.start(writer);
        try (AccessChainFixture chain = AccessChainFixture.before(
                writer, AccessPolicy.builder().requireOwner(ownership).build(), database)) {
            return submitting.apply(chain);
        } finally {
            EngineFixture.end(writer, thread);
        }
    }

    @Test
    @Tag("ACC12")
    @DisplayName("[ACC12] an owner query runs once with the row, if nothing changes meanwhile")
    void query() {
        annsParcel("a");
        AtomicInteger asked = new AtomicInteger();
        assertThat(row(asked(by(ANN, fills("a", "new")), asked, () -> {}))).isPresent();
        assertThat(asked).hasValue(1);
        assertThat(refused(asked(by(BEN, fills("a", "ben's")), asked, () -> {}))
                        .refusal()
                        .message())
                .isEqualTo("Forbidden: you do not own this record");
        assertThat(row(asked(by(BEN, fills("never", "ben's")), asked, () -> {})))
                .isEmpty();
        assertThat(asked).hasValue(2);

        assertThat(engine.stored("parcels", "content")).containsExactly("new");
    }

    @Test
    @Tag("ACC12")
    @DisplayName("[ACC12] a query refuses a bulk for one row, by its id")
    void queryOfABulk() {
        annsParcel("a");
        engine.alone(by(BEN, IN_ROOM.inserts("parcels", "b", Map.of("content", "old"))));
        MutationResult answer = asked(
                bulk(Operation.BULK_DELETE, deletion("parcels", "a"), deletion("parcels", "b")),
                new AtomicInteger(),
                () -> {});

        assertThat(refused(answer).refusal().message()).isEqualTo("Forbidden: you do not own record b");
        assertThat(engine.stored("parcels", "id")).containsExactly("a", "b");
    }

    @Test
    @Tag("ACC12")
    @DisplayName("[ACC12] a row whose owner changes after the query is queried again, and refused")
    void queryThenHandedOn() {
        annsParcel("a");
        AtomicInteger asked = new AtomicInteger();
        MutationResult answer = asked(by(ANN, fills("a", "new")), asked, () -> setOwner(BEN, "a"));

        assertThat(code(answer)).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(asked).hasValue(2);
        assertThat(engine.stored("parcels", "content")).containsExactly("old");
    }

    @Test
    @Tag("ACC12")
    @DisplayName("[ACC12] a row that changes and keeps its owner is queried again and written")
    void queryThenChanged() {
        annsParcel("a");
        AtomicInteger asked = new AtomicInteger();
        MutationResult answer = asked(
                by(ANN, fills("a", "new")),
                asked,
                () -> database.execute("update workshop_parcels set content = 'changed' where content = 'old'"));

        assertThat(row(answer)).isPresent();
        assertThat(asked).hasValue(2);
        assertThat(engine.stored("parcels", "content")).containsExactly("new");
    }

    @Test
    @Tag("ACC12")
    @DisplayName(
            "[ACC12] a row that never stops changing is refused in the end, and the same mutation may be sent again (MUT9)")
    void neverAtRest() {
        annsParcel("a");
        AtomicInteger asked = new AtomicInteger();
        Mutation update = by(ANN, IN_ROOM.identified("m1").updates("parcels", "a", Map.of("content", "new")));
        MutationResult answer = asked(
                update,
                asked,
                () -> database.execute("update workshop_parcels set content = 'at " + asked.get() + "'"));

        assertThat(code(answer)).isEqualTo(ErrorCode.ROW_CHANGED);
        assertThat(code(answer).retryable()).isTrue();
        assertThat(asked).hasValue(4);
        assertThat(engine.stored("parcels", "content")).containsExactly("at 4");
        MutationResult again = asked(update, asked, () -> {});
        assertThat(Results.applied(again).last().isAfter(Seq.START)).isTrue();
        assertThat(engine.stored("parcels", "content")).containsExactly("new");
    }

    /** The content of the row in every commit, in order. */
    private List<String> contents() {
        return engine.commits().stream()
                .map(commit -> commit.actions().getFirst().entry())
                .map(entry -> entry.entityId() + " " + entry.rowAfter().orElse(""))
                .map(row -> row.replaceAll(" .*\"content\":\"(.*)\".*", " $1"))
                .toList();
    }

    @Test
    @Tag("ACC12")
    @DisplayName("[ACC12] many changes of one row in a batch are applied in order, and so are later ones")
    void batch() {
        annsParcel("a");
        annsParcel("b");
        List<Mutation> batch = new ArrayList<>();
        List<String> expected = new ArrayList<>(List.of("a old", "b old"));
        for (int i = 0; i < 10; i++) {
            for (String id : List.of("a", "b")) {
                batch.add(by(ANN, fills(id, "at " + i)));
                expected.add(id + " at " + i);
            }
        }
        List<MutationResult> answers = asked(new AtomicInteger(), () -> {}, chain -> chain.submitTogether(batch));

        assertThat(answers).allMatch(Results::isApplied);
        assertThat(contents()).isEqualTo(expected);
    }

    @Test
    @Tag("ACC12")
    @DisplayName("[ACC12] a new row is updated and deleted in the batch that inserts it")
    void newInABatch() {
        List<Mutation> batch = List.of(
                by(ANN, IN_ROOM.inserts("parcels", "a", Map.of("content", "new"))),
                by(ANN, fills("a", "newer")),
                by(ANN, IN_ROOM.deletes("parcels", "a")),
                by(ANN, IN_ROOM.inserts("parcels", "b", Map.of("content", "last"))));
        List<MutationResult> answers = asked(new AtomicInteger(), () -> {}, chain -> chain.submitTogether(batch));

        assertThat(answers).allMatch(answer -> row(answer).isPresent());
        assertThat(engine.stored("parcels", "content")).containsExactly("last");
        assertThat(engine.commits()).hasSize(4);
    }

    @Test
    @Tag("ACC12")
    @DisplayName("[ACC12] none of the mutations that wait behind a retryable one of their batch is applied before it")
    void behindOneThatMayPass() {
        annsParcel("a");
        AtomicInteger asked = new AtomicInteger();
        List<Mutation> batch = List.of(by(ANN, fills("a", "first")), by(ANN, fills("a", "second")));
        int disturbed = batch.size() + 3; // each once, and the first one three times more
        List<MutationResult> answers = asked(
                asked,
                () -> {
                    if (asked.get() <= disturbed) {
                        database.execute("update workshop_parcels set content = 'at " + asked.get() + "'");
                    }
                },
                chain -> chain.submitTogether(batch));

        assertThat(answers).extracting(Results::code).containsOnly(ErrorCode.ROW_CHANGED);
        assertThat(asked).hasValue(disturbed);
        assertThat(engine.commits()).hasSize(1);
    }

    @Test
    @Tag("ACC12")
    @DisplayName("[ACC12] only its owner archives and unarchives a row, where owners are checked")
    void archiving() {
        engine.alone(by(ANN, IN_ROOM.inserts("errands", "a", Map.of())));

        assertThat(code(engine.alone(owned(BEN, IN_ROOM.archives("errands", "a", Instant.EPOCH)))))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(row(engine.alone(owned(ANN, IN_ROOM.archives("errands", "a", Instant.EPOCH)))))
                .isPresent();
        assertThat(code(engine.alone(owned(BEN, IN_ROOM.unarchives("errands", "a")))))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }
}
