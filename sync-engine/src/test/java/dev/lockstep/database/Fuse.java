package dev.lockstep.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Ends a process, or its connection, at a chosen step of the work in {@link #during}. Steps are each statement, each
 * opened connection, and each commit twice, before and after it. At the chosen step the database closes the connections
 * and rolls back open transactions; later calls do not reach it. Belongs to one thread.
 */
public final class Fuse {
    private static final ThreadLocal<@Nullable Fuse> CURRENT = new ThreadLocal<>();

    /** Calls that do not reach the database, and are allowed on a lost connection. */
    private static final Set<String> ENDS = Set.of("close", "isClosed", "toString", "hashCode", "equals");

    private final boolean ofProcess;
    private final List<Connection> opened = new ArrayList<>();
    private long left;
    private int steps;
    private boolean blown;

    /** Whether calls fail now. A process stays dead; after a lost connection another can be opened. */
    private boolean dead;

    private Fuse(long left, boolean ofProcess) {
        this.left = left;
        this.ofProcess = ofProcess;
    }

    /** Ends the process after this many steps: no later code of it runs, as far as a test can ensure it. */
    public static Fuse ofProcess(long steps) {
        return new Fuse(steps, true);
    }

    /** Loses a connection after this many steps. */
    public static Fuse ofConnection(long steps) {
        return new Fuse(steps, false);
    }

    /** The end of a process. An error, so that no code handles it as a recoverable fault. */
    public static final class Crash extends Error {
        Crash() {
            super("the process ends here");
        }
    }

    /** Blows after this many more steps. */
    public void in(long more) {
        left = more;
    }

    public boolean isBlown() {
        return blown;
    }

    /** The number of steps so far. */
    public int steps() {
        return steps;
    }

    /** Runs work under this fuse. */
    public <T> T during(Supplier<T> work) {
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            CURRENT.remove();
        }
    }

    /** A step of the process outside the database. */
    public void step() {
        try {
            stepAtDatabase();
        } catch (SQLException e) {
            throw new IllegalStateException("only a process has steps that are none of its database", e);
        }
    }

    static void before(Object target, String method) throws SQLException {
        Fuse fuse = CURRENT.get();
        if (fuse != null && !ENDS.contains(method)) {
            fuse.reach(target, method);
        }
    }

    static void after(Object target, String method, @Nullable Object result) throws SQLException {
        Fuse fuse = CURRENT.get();
        if (fuse == null) {
            return;
        }
        if (target instanceof DataSource && result instanceof Connection connection) {
            fuse.opened.add(connection);
        }
        if (target instanceof Connection && method.equals("commit")) {
            fuse.stepAtDatabase();
        }
    }

    private void reach(Object target, String method) throws SQLException {
        boolean opens = target instanceof DataSource && method.equals("getConnection");
        boolean executes = target instanceof Statement && method.startsWith("execute");
        boolean commits = target instanceof Connection && method.equals("commit");
        if (opens && !ofProcess) {
            dead = false;
        }
        if (dead) {
            fail();
        } else if (opens || executes || commits) {
            stepAtDatabase();
        }
    }

    private void stepAtDatabase() throws SQLException {
        steps++;
        if (!dead && --left == -1) {
            blown = true;
            dead = true;
            loseConnections();
        }
        if (dead) {
            fail();
        }
    }

    private void loseConnections() throws SQLException {
        for (Connection connection : opened) {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.close();
            }
        }
        opened.clear();
    }

    private void fail() throws SQLException {
        if (ofProcess) {
            throw new Crash();
        }
        throw new SQLException("the connection is lost", "08006");
    }
}
