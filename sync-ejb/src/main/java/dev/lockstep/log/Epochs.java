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
public final class Epochs {
    private static final Logger LOG = System.getLogger(Epochs.class.getName());

    /**
     * The PostgreSQL that this is: its cluster, its timeline, which a recovery to a point in time changes, and its database.
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
        /** Nothing: the epoch is as the migration left it. */
        UNKNOWN,
        /** It was this one. */
        HERE,
        /** It was another one, or another transaction than the one that is said to have: the row is a copy. */
        ELSEWHERE
    }

    /**
     * Which database wrote the epoch. PostgreSQL keeps with each row the transaction that wrote it: a dump that is loaded
     * brings the row, and not that. H2 has nothing of the kind.
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

    /** Notes which database this is; changes nothing else. */
    LogEnd sign(Connection connection) throws SQLException {
        LogEnd end = lockedEnd(connection);
        replace(connection, end.epoch());
        return end;
    }

    /**
     * Begins an epoch in a restored database.
     *
     * @param found the end at which it was found out: if another node has been faster, nothing is done
     * @param above the highest position that is known of any epoch
     * @return the log's end by now
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
     * The same by a transaction that appends, and finds the head before a position that this node knows to be committed.
     * It holds the head's lock.
     *
     * @param actions how many it appends
     * @return the position that it appends after
     */
    Seq renewWhileAppending(Connection connection, Seq known, long actions) throws SQLException {
        return begin(connection, Epoch.afterRestore(known, nowMicros()), actions, behind(known))
                .epoch()
                .began();
    }

    /** Why a database whose head lies before a position was restored. */
    static String behind(Seq known) {
        return "its log ends before " + known + ", which this node has seen";
    }

    private long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    /** Nobody appends until the transaction ends. */
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
                "the database was restored: " + reason + ". Positions go on after " + epoch.began()
                        + ", and clients read everything anew");
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
