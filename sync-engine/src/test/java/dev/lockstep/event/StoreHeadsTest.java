package dev.lockstep.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.StoreName;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.RoomStamps;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events that a transaction of an application appends. */
@OnEveryDatabase
class StoreHeadsTest {
    private static final RoomId NOTES = new StoreName("notes").room("workshop");
    private static final RoomId PLANS = new StoreName("plans").room("workshop");

    private final TestDatabase database;

    StoreHeadsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    private static NewEvent event(RoomId store, String args) {
        return new NewEvent(store, "v1.Noted", args, "lockstep", "server");
    }

    private void append(NewEvent... events) {
        database.transactions().run(scope -> {
            Set<RoomId> rooms = Set.of(NOTES, PLANS);
            RoomStamps stamps = RoomStamps.lock(scope.connection(), rooms);
            long stamp = stamps.next(rooms, 1);
            StoreHeads heads = StoreHeads.readOrCreate(scope.connection(), rooms, stamp);
            List<LogEntry> entries = heads.append(List.of(events), stamp);
            StatementPipeline closing = new StatementPipeline(scope.connection());
            stamps.save(closing);
            heads.save(closing);
            new ActionLog().append(closing, 1, List.of(entries));
            closing.execute();
            return entries;
        });
    }

    private List<StoreEvent> stored(RoomId store) {
        EventStores stores = new EventStores(database.transactions(), Instant::now, Runnable::run);
        return stores
                .page(store, stores.open(store, Optional.empty()).backendId(), 0, 100, Long.MAX_VALUE)
                .toCompletableFuture()
                .join()
                .events()
                .stream()
                .map(stored -> StoreEvent.of(stored.json()))
                .toList();
    }

    @Test
    @Tag("APP9")
    @DisplayName("[APP9] appended events follow the heads of their stores; a missing store is created")
    void heads() {
        append(event(NOTES, "1"), event(PLANS, "2"), event(NOTES, "3"));
        append(event(NOTES, "4"));

        assertThat(stored(NOTES))
                .extracting(StoreEvent::number, StoreEvent::parent, StoreEvent::args)
                .containsExactly(tuple(1L, 0L, "1"), tuple(2L, 1L, "3"), tuple(3L, 2L, "4"));
        assertThat(stored(PLANS)).hasSize(1);
    }
}
