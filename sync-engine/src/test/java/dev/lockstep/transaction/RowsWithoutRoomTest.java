package dev.lockstep.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.ActionLog;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.sample.stored.Berth;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes of rows whose room is NULL or empty by an application's own transaction. */
@OnEveryDatabase
class RowsWithoutRoomTest {
    private final TestDatabase database;
    private final CollectionRegistry collections = TestDatabase.collectionsOf(Berth.class);
    private TestDatabase own;

    RowsWithoutRoomTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    void make() {
        drop();
        database.execute(
                Berth.TABLE,
                "insert into workshop_berths (id, title, version, changed_at) values ('a', 't', 0,"
                        + " timestamp with time zone '2026-11-30 11:00:00+00:00')");
        own = database.with(Berth.class);
    }

    @AfterEach
    void drop() {
        database.execute("drop table if exists workshop_berths");
    }

    private List<String> moved(@Nullable String room) {
        EngineFixture engine = new EngineFixture(own, collections);
        int before = engine.commits().size();
        own.transactions().run(scope -> {
            ApplicationTransaction transaction = new ApplicationTransaction(Instant.parse("2026-11-30T12:00:00Z"));
            Berth berth = scope.entities().find(Berth.class, "a");
            transaction.loaded(berth, RowImage.of(collections.require(Berth.class), berth));
            berth.moveTo(room);
            transaction.touched(berth);
            CommitSynchronization commit =
                    new CommitSynchronization(transaction, scope.entities(), collections, new ActionLog());
            assertThat(commit.flush()).isTrue();
            commit.append(scope.connection());
            return commit;
        });
        return engine.commits().stream()
                .skip(before)
                .flatMap(commit -> commit.actions().stream())
                .map(action -> action.entry().kind() + " " + action.entry().room())
                .toList();
    }

    @Test
    @Tag("ENT32")
    @DisplayName(
            "[ENT32] a row in no room is not logged; it is inserted when it gets a room, and deleted when it loses it")
    void logged() {
        assertThat(moved("")).isEmpty();
        assertThat(moved("p1")).containsExactly("INSERT workshop/p1");
        assertThat(moved(null)).containsExactly("DELETE workshop/p1");
        assertThat(moved(null)).isEmpty();
    }
}
