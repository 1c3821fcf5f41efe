package dev.lockstep.mutation;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.RowReader;
import dev.lockstep.collection.Rows;
import dev.lockstep.database.RoundTrip;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Entry;
import dev.lockstep.log.RoomStamps;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** One row that an application's own transaction inserts and logs, as the package {@code transaction} does in a server. */
record ApplicationInsert(TestDatabase database, Mutation insert, Instant now, long groupId) {
    void commit() {
        Preparation preparation = new Preparation(SimulatedNode.COLLECTIONS, new RowReader(Workshop.VALIDATION));
        PreparedChange change = preparation.prepare(insert).getFirst();
        if (!(change instanceof PreparedChange.Insert prepared)) {
            throw new IllegalArgumentException("no insert: " + insert);
        }
        RoomId room = insert.room();
        EntityId id = prepared.row().orElseThrow();
        database.transactions().run(scope -> {
            RoomStamps stamps = RoomStamps.lock(scope.connection(), Set.of(room));
            long stamp = stamps.next(Set.of(room), ChronoUnit.MICROS.between(Instant.EPOCH, now));
            RowImage born = prepared.image().born(id, room.name(), Instant.EPOCH.plus(stamp, ChronoUnit.MICROS));
            Rows rows = new Rows(scope.entities());
            rows.insert(born);
            rows.flush();
            RoundTrip closing = new RoundTrip(scope.connection());
            stamps.save(closing);
            Entry entry = InMemoryMutations.entry(insert, born, stamp, Entry.Kind.INSERT, List.of());
            new ActionLog().append(closing, groupId, List.of(List.of(entry)));
            closing.execute();
            return entry;
        });
    }
}
