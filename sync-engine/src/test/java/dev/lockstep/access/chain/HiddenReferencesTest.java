package dev.lockstep.access.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.sample.shape.RelationShapes;
import dev.lockstep.sample.shape.Shape;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Relations to rows that a read filter hides from the caller, lazy and eager. */
@OnEveryDatabase
class HiddenReferencesTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");
    private static final Shape PLAYERS = RelationShapes.players();
    private static final String HIDDEN_TEAM = "9";
    private static final AccessPolicy POLICY = AccessPolicy.builder()
            .readFilter("teams", (access, row) -> !"secret".equals(row.get("title")))
            .readFilter("labels", (access, row) -> false)
            .build();

    private final TestDatabase database;
    private final TestDatabase own;
    private final CollectionRegistry collections;

    HiddenReferencesTest(TestDatabase database) {
        this.database = database.emptied();
        own = database.with(PLAYERS.entities().toArray(Class<?>[]::new));
        collections = new CollectionRegistry(PLAYERS.entities(), Map.of("workshop", Set.of("teams", "labels")));
    }

    @BeforeEach
    void make() {
        drop();
        PLAYERS.before().forEach(database::execute);
        database.execute("insert into shape_teams (id, room, title) values (" + HIDDEN_TEAM + ", 'p1', 'secret')");
    }

    @AfterEach
    void drop() {
        PLAYERS.after().forEach(database::execute);
    }

    /** The refusal before the mutation reaches the writer, which checks that the row exists. */
    private Optional<Refusal> refusal(Mutation mutation) {
        return refusal(mutation, own.transactions());
    }

    private Optional<Refusal> refusal(Mutation mutation, Transactions transactions) {
        try (AccessChainFixture chain = AccessChainFixture.of(collections, POLICY, own, transactions)) {
            return chain.refusal(mutation);
        }
    }

    private static Map<String, @Nullable Object> player(String field, @Nullable Object value) {
        Map<String, @Nullable Object> fields = new HashMap<>(Map.of("team", RelationShapes.TEAM));
        fields.put(field, value);
        return fields;
    }

    private void assertNamesNothing(Mutation mutation, String path, String collection) {
        Refusal refusal = refusal(mutation).orElseThrow();
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refusal.issues())
                .containsExactly(new Issue(path, "names no row of '" + collection + "' that can be referred to here"));
    }

    @Test
    @Tag("ENT4")
    @DisplayName("[ENT4] a relation to a hidden row is refused by the name of the field, in inserts, updates and bulks")
    void hidden() {
        assertNamesNothing(IN_ROOM.inserts("players", "a", player("team", HIDDEN_TEAM)), "team", "teams");
        assertNamesNothing(IN_ROOM.updates("players", "a", Map.of("team", HIDDEN_TEAM)), "team", "teams");
        assertNamesNothing(
                IN_ROOM.inserts("players", "a", player("labelId", RelationShapes.LABEL)), "labelId", "labels");
        assertNamesNothing(
                IN_ROOM.bulk(
                        MutationFixture.insertion("players", "a", player("title", "a")),
                        MutationFixture.updating("players", "b", Map.of("labelId", RelationShapes.LABEL))),
                "1.labelId",
                "labels");
    }

    @Test
    @Tag("ENT4")
    @DisplayName(
            "[ENT4] a visible row, no row, a collection without a filter and a value of another form are admitted here")
    void admitted() {
        assertThat(refusal(IN_ROOM.inserts("players", "a", player("team", RelationShapes.TEAM))))
                .isEmpty();
        assertThat(refusal(IN_ROOM.inserts("players", "a", player("team", "99"))))
                .isEmpty();
        assertThat(refusal(IN_ROOM.inserts("players", "a", player("team", 9L)))).isEmpty();
        assertThat(refusal(IN_ROOM.inserts("players", "a", player("team", "")))).isEmpty();
        assertThat(refusal(IN_ROOM.inserts("players", "a", player("labelId", null))))
                .isEmpty();
        assertThat(refusal(IN_ROOM.inserts("players", "a", player("substitute", "b"))))
                .isEmpty();
        assertThat(refusal(IN_ROOM.deletes("players", "a"))).isEmpty();
    }

    @Test
    @Tag("ENT4")
    @DisplayName("[ENT4] while the database does not answer, such a write is refused as one to try again")
    void unavailable() {
        Transactions failing = new Transactions() {
            @Override
            public <T> T run(Work<T> work) {
                throw new TransactionFailed(new SQLException("connection lost", "08006"));
            }
        };
        assertThat(refusal(IN_ROOM.inserts("players", "a", player("team", HIDDEN_TEAM)), failing)
                        .map(Refusal::code))
                .contains(ErrorCode.UNAVAILABLE);
        assertThat(refusal(IN_ROOM.deletes("players", "a"), failing)).isEmpty();
    }
}
