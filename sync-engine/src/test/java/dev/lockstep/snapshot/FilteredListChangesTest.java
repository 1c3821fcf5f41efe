package dev.lockstep.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.InvalidFields;
import dev.lockstep.collection.filter.FilterReader;
import dev.lockstep.collection.filter.RowFilter;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.ReaderThrottle;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.ActionLog;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.Results;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes of a list with a client's filter. */
@OnEveryDatabase
class FilteredListChangesTest {
    private static final RoomId ROOM = new RoomId("workshop", "p1");

    private final CollectionModel tickets = TestDatabase.collections()
            .find("workshop", new CollectionName("tickets"))
            .orElseThrow();
    private final EngineFixture engine;
    private final Snapshots snapshots;

    FilteredListChangesTest(TestDatabase database) {
        engine = new EngineFixture(database.emptied());
        snapshots = new Snapshots(database.transactions(), new ActionLog(), new ReaderThrottle());
    }

    private void done(Mutation mutation) {
        assertThat(Results.isApplied(engine.alone(mutation))).isTrue();
    }

    private void insert(String id, String status) {
        done(MutationFixture.in("p1").inserts("tickets", id, Map.of("status", status)));
    }

    private void update(String id, String status) {
        done(MutationFixture.in("p1").updates("tickets", id, Map.of("status", status)));
    }

    private ListChanges open(Seq since) throws InvalidFields {
        RowFilter filter = FilterReader.read(tickets, Map.of("status", "OPEN"), "filter");
        return snapshots.since(since, tickets, ROOM, Optional.empty(), Optional.empty(), Optional.of(filter), ",");
    }

    private static String text(Spool rows) throws IOException {
        try (InputStream read = rows.read()) {
            return new String(read.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @Tag("LST8")
    @DisplayName("[LST8] catch-up reports rows that pass the filter now, and the ids of those that passed it before")
    void changes() throws Exception {
        insert("left", "OPEN");
        insert("entered", "DONE");
        insert("outside", "DONE");
        insert("deleted", "OPEN");
        update("left", "DONE");
        update("entered", "OPEN");
        update("outside", "REFUSED");
        done(MutationFixture.in("p1").deletes("tickets", "deleted"));

        ListChanges changes = open(new Seq(4));
        assertThat(changes.gone()).containsExactly(new EntityId("left"), new EntityId("deleted"));
        assertThat(text(changes.rows())).contains("\"id\":\"entered\"").doesNotContain("outside", "left");
    }
}
