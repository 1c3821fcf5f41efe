package dev.lockstep.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.Transactions.Scope;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.LogEntry;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.sample.stored.Ledger;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The actions of an application's transaction for rows that the database stores otherwise. */
@OnEveryDatabase
class StoredImagesTest {
    private static final Instant BEGUN = Instant.parse("2026-11-21T02:02:03Z");

    private final TestDatabase database;
    private final CollectionRegistry collections = TestDatabase.collectionsOf(Ledger.class);
    private TestDatabase own;

    StoredImagesTest(TestDatabase database) {
        this.database = database.emptied();
    }

    /** The expression of a computed column. */
    private String computed() {
        return database.isH2() ? "" : " stored";
    }

    @BeforeEach
    void make() {
        database.execute("drop table if exists workshop_ledgers");
        database.execute(Ledger.TABLE.formatted(computed()));
        own = database.with(Ledger.class);
    }

    @AfterEach
    void drop() {
        database.execute("drop table workshop_ledgers");
    }

    /** Application code within its transaction. */
    private interface Work {
        Ledger in(Scope scope, ApplicationTransaction transaction);
    }

    private LogEntry logged(Work work) {
        own.transactions().run(scope -> {
            ApplicationTransaction transaction = new ApplicationTransaction(BEGUN);
            transaction.touched(work.in(scope, transaction));
            CommitSynchronization commitSynchronization =
                    new CommitSynchronization(transaction, scope.entities(), collections, new ActionLog());
            assertThat(commitSynchronization.flush()).isTrue();
            commitSynchronization.append(scope.connection());
            return commitSynchronization;
        });
        return new EngineFixture(own, collections)
                .commits()
                .getLast()
                .actions()
                .getLast()
                .entry();
    }

    private String listed() {
        return new EngineFixture(own, collections).json("ledgers", "p").getFirst();
    }

    @Test
    @Tag("MUT24")
    @Tag("APP1")
    @Tag("CW4")
    @DisplayName("[MUT24][APP1][CW4] an application's transaction sends its rows as they are stored")
    void stored() {
        LogEntry made = logged((scope, transaction) -> {
            Ledger ledger = Ledger.of("l", "A Title", BEGUN);
            scope.entities().persist(ledger);
            return ledger;
        });
        assertThat(made.kind()).isEqualTo(LogEntry.Kind.INSERT);
        assertThat(made.room()).isEqualTo(new RoomId("workshop", "p"));
        assertThat(made.rowAfter()).contains(listed());
        assertThat(listed()).contains("\"slug\":\"a-title\"", "\"state\":\"new\"", "\"next\":1");

        CollectionModel model = collections.require(Ledger.class);
        LogEntry changed = logged((scope, transaction) -> {
            Ledger ledger = scope.entities().find(Ledger.class, "l");
            transaction.loaded(ledger, RowImage.of(model, ledger));
            ledger.retitle("Other");
            return ledger;
        });
        assertThat(changed.rowAfter()).contains(listed());
        assertThat(changed.changedFields()).contains("title", "slug");
    }
}
