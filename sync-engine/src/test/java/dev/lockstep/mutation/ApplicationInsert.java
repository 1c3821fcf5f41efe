package dev.lockstep.mutation;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.RowReader;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.RoomStamps;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/**
 * A row that an application's own transaction inserts and logs, as the package {@code transaction} does in a server.
 */
record ApplicationInsert(TestDatabase database, Mutation insert, Instant now, long groupId) {
    void commit() {
        MutationValidator validator =
                new MutationValidator(SimulatedNode.COLLECTIONS, new RowReader(EngineFixture.VALIDATION));
        PreparedChange change = validator.prepare(insert).getFirst();
        if (!(change instanceof PreparedChange.Insert prepared)) {
            throw new IllegalArgumentException("no insert: " + insert);
        }
        RoomId room = insert.room();
        EntityId id = prepared.row().orElseThrow();
        database.transactions().run(scope -> {
            RoomStamps stamps = RoomStamps.lock(scope.connection(), Set.of(room));
            long stamp = stamps.next(Set.of(room), ChronoUnit.MICROS.between(Instant.EPOCH, now));
            RowImage born = prepared.image().inserted(id, room.name(), Instant.EPOCH.plus(stamp, ChronoUnit.MICROS));
            RowRepository rows = new RowRepository(scope.entities());
            rows.insert(born);
            rows.flush();
            StatementPipeline closing = new StatementPipeline(scope.connection());
            stamps.save(closing);
            LogEntry entry = InMemoryMutations.entry(insert, born, stamp, LogEntry.Kind.INSERT, List.of());
            new ActionLog().append(closing, groupId, List.of(List.of(entry)));
            closing.execute();
            return entry;
        });
    }
}
