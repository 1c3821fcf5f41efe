package dev.lockstep.log;

import dev.lockstep.api.Seq;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.WritingTransactions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The epoch in its table. Every method works in the transaction of the connection it is given. Thread-safe. */
final class Epochs {
    private static final Logger LOG = System.getLogger(Epochs.class.getName());

    /**
     * The identity of a PostgreSQL database: its cluster, its timeline, which point-in-time recovery changes, and its oid.
     */
    private static final String DATABASE = "(select cast(system_identifier as varchar) from pg_control_system())"
            + " || '/' || substring(pg_walfile_name(pg_current_wal_lsn()) from 1 for 8)"
            + " || '/' || (select cast(oid as varchar) from pg_database where datname = current_database())";

    private final InstantSource clock;

    Epochs(InstantSource clock) {
        this.clock = clock;
    }

    /** The identity of the database that wrote the epoch. */
    enum Written {
        /** None: the epoch is unchanged since the migration. */
        UNKNOWN,
        /** It is this database. */
        HERE,
        /** It is another database, or the recorded transaction did not write the row: the row is a copy. */
        ELSEWHERE
    }

    /**
     * The database that wrote the epoch. PostgreSQL stores with each row the transaction that wrote it, which a restored dump
     * does not contain. H2 has no equivalent.
     */
    Written written(Connection connection) throws SQLException {
        if (!StatementPipeline.isPostgresql(connection)) {
            return Written.UNKNOWN;
        }
        String sql = "select written_in is null, written_in = " + DATABASE
                + " and written_by = cast(cast(xmin as varchar) as bigint) from lockstep_epoch where id = 1";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            if (!row.next() || row.getBoolean(1)) {
                return Written.UNKNOWN;
            }
            return row.getBoolean(2) ? Written.HERE : Written.ELSEWHERE;
        }
    }

    /** Stores the identity of this database; changes nothing else. */
    LogEnd sign(Connection connection) throws SQLException {
        LogEnd end = lockedEnd(connection);
        replace(connection, end.epoch());
        return end;
    }

    /**
     * Begins an epoch in a restored database.
     *
     * @param found the end at which the restore was detected: if another node was faster, nothing is done
     * @param above the highest known position of any epoch
     * @return the current end of the log
     */
    LogEnd renew(Connection connection, LogEnd found, Seq above, String reason) throws SQLException {
        LogEnd end = lockedEnd(connection);
        if (!end.epoch().equals(found.epoch())) {
            return end;
        }
        Seq highest = above.isAfter(end.head()) ? above : end.head();
        return begin(connection, Epoch.afterRestore(highest, nowMicros()), 0, reason);
    }

    /**
     * The same in an appending transaction that finds the head below a position that this node knows to be committed. It
     * holds the lock of the head.
     *
     * @param actions the number of actions that it appends
     * @return the position after which it appends
     */
    Seq renewWhileAppending(Connection connection, Seq known, long actions) throws SQLException {
        return begin(connection, Epoch.afterRestore(known, nowMicros()), actions, behind(known))
                .epoch()
                .began();
    }

    /** The reason for a database whose head is below a position. */
    static String behind(Seq known) {
        return "its log ends before " + known + ", which this node has seen";
    }

    private long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    /** Blocks appends until the transaction ends. */
    private LogEnd lockedEnd(Connection connection) throws SQLException {
        WritingTransactions.begin(connection, WritingTransactions.LOCK_WAIT_MAX);
        ActionLog.lockHead(connection);
        return LogEnd.of(connection);
    }

    private static LogEnd begin(Connection connection, Epoch epoch, long actions, String reason) throws SQLException {
        Seq head = epoch.began().plus(actions);
        try (PreparedStatement update = connection.prepareStatement("update lockstep_head set seq = ? where id = 1")) {
            update.setLong(1, head.value());
            update.executeUpdate();
        }
        replace(connection, epoch);
        LOG.log(
                Level.WARNING,
                "The database was restored: " + reason + ". Positions continue after " + epoch.began()
                        + ", and clients read everything again");
        return new LogEnd(head, epoch, false);
    }

    private static void replace(Connection connection, Epoch epoch) throws SQLException {
        String signature = StatementPipeline.isPostgresql(connection)
                ? ", written_in = " + DATABASE + ", written_by = mod(txid_current(), 4294967296)"
                : "";
        String sql = "update lockstep_epoch set began = ?, restored = false" + signature + " where id = 1";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, epoch.began().value());
            update.executeUpdate();
        }
    }
}
