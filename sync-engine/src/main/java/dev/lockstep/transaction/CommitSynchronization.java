package dev.lockstep.transaction;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.ServerFields;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.collection.row.Parent;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.WritingTransactions;
import dev.lockstep.event.StoreHeads;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.LastImages;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.RoomStamps;
import dev.lockstep.transaction.ApplicationTransaction.Phase;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** The last steps of an application's transaction before its commit. */
final class CommitSynchronization implements ApplicationTransaction.ImageReader {
    private final ApplicationTransaction transaction;
    private final EntityManager entities;
    private final CollectionRegistry collections;
    private final ActionLog log;

    CommitSynchronization(
            ApplicationTransaction transaction, EntityManager entities, CollectionRegistry collections, ActionLog log) {
        this.transaction = transaction;
        this.entities = entities;
        this.collections = collections;
        this.log = log;
    }

    /** Flushes changes and cascades deletes; returns whether there are entries to log. */
    boolean flush() {
        entities.flush(); // changes are known only after the flush
        if (transaction.needsFlush()) {
            entities.flush();
        }
        if (transaction.isEmpty()) {
            return false;
        }
        transaction.requireFewRows();
        deleteChildren();
        return true;
    }

    /** Stamps and logs. Rooms and head are locked here. */
    void append(Connection connection) throws SQLException {
        WritingTransactions.begin(connection, WritingTransactions.LOCK_WAIT_MAX);
        Set<RoomId> rooms = transaction.rooms(this);
        rooms.addAll(transaction.announcedRooms(new RowRepository(entities)));
        transaction.events().forEach(event -> rooms.add(event.store()));
        RoomStamps stamps = RoomStamps.lock(connection, rooms);
        // Again: another transaction may have committed a child since the first time. From here on the locks on these
        // rooms prevent that.
        deleteChildren();
        transaction.requireFewRows();
        List<ExternalChange.LogRecord> logRecords = records(connection, rooms);
        transaction.become(Phase.COMPLETING);
        long wanted = ChronoUnit.MICROS.between(Instant.EPOCH, transaction.stamp());
        long stamp = stamps.next(rooms, wanted);
        if (stamp != wanted) {
            restamp(Instant.EPOCH.plus(stamp, ChronoUnit.MICROS));
        }
        StoreHeads heads = StoreHeads.readOrCreate(
                connection, rooms.stream().filter(RoomId::isOfEvents).toList(), stamp);
        List<LogEntry> entries = transaction.entries(
                new StoredImages(transaction, this, new RowRepository(entities)),
                logRecords,
                new LastImages(connection)::last,
                stamp);
        entries.addAll(heads.append(transaction.events(), stamp));
        if (!entries.isEmpty()) {
            StatementPipeline closing = new StatementPipeline(connection);
            stamps.save(closing);
            heads.save(closing);
            log.append(closing, ThreadLocalRandom.current().nextLong(), List.of(entries));
            closing.execute();
        }
        transaction.become(Phase.LOGGED);
    }

    /** The announced changes. Rows that another program changes are read under the locks on their rooms. */
    private List<ExternalChange.LogRecord> records(Connection connection, Set<RoomId> locked) throws SQLException {
        LastImages images = new LastImages(connection);
        List<ExternalChange.LogRecord> logRecords = transaction.records(new RowRepository(entities), images::last);
        if (!logRecords.stream().allMatch(logRecord -> locked.contains(logRecord.room()))) {
            throw new SyncException(
                    ErrorCode.UNAVAILABLE, "A row was moved to another room meanwhile; send the request again");
        }
        return logRecords;
    }

    /** Deletes the children of deleted rows, however the application deleted these. */
    private void deleteChildren() {
        RowRepository stored = new RowRepository(entities);
        Set<Parent> visited = new HashSet<>();
        Set<Parent> gone = transaction.gone(this, stored);
        while (!gone.isEmpty()) {
            visited.addAll(gone);
            delete(CascadeDeletes.of(stored, collections.references(), gone));
            gone = transaction.gone(this, stored);
            gone.removeAll(visited);
        }
    }

    private void delete(CascadeDeletes children) {
        if (children.clearReferences()) {
            entities.flush();
        }
        for (Object child : children.childrenFirst()) {
            transaction.deletedWithParent(child);
            CollectionModel model = collections.require(child.getClass());
            if (model.deletesSoftly()) {
                ServerFields.markDeleted(model, child, transaction.stamp());
            } else {
                entities.remove(child);
            }
        }
        entities.flush();
    }

    /** A later mutation is in the room: the rows get a stamp after it. */
    private void restamp(Instant stamp) {
        for (Object entity : transaction.entities()) {
            if (entities.contains(entity)) {
                ServerFields.correct(collections.require(entity.getClass()), entity, transaction.stamp(), stamp);
            }
        }
        entities.flush();
    }

    @Override
    public RowImage read(Object entity) {
        CollectionModel model = collections.require(entity.getClass());
        // The collections of a removed entity can no longer be loaded.
        return entities.contains(entity) ? RowImage.of(model, entity) : RowImage.ofLoaded(model, entity);
    }
}
