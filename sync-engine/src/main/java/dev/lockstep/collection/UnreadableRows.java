package dev.lockstep.collection;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lockstep.api.EntityId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The rows of one collection with a value that the entity cannot represent: a removed constant of an enum, NULL for a
 * primitive, a value that a converter rejects. Such a value is shown as {@code null}, and each row is logged once.
 * Thread-safe.
 */
public final class UnreadableRows {
    /** Most ids that are remembered as logged. Beyond it one is dropped, and may be logged again. */
    private static final int LOGGED_MAX = 1_000;

    private static final Logger LOG = System.getLogger(UnreadableRows.class.getName());

    private final Set<EntityId> logged = Collections.newSetFromMap(Caffeine.newBuilder()
            .maximumSize(LOGGED_MAX)
            .executor(Runnable::run)
            .<EntityId, Boolean>build()
            .asMap());
    private volatile boolean any;
    private volatile boolean byIds;

    /** Whether there were unreadable rows: then rows are read as values before their entities are loaded. */
    public boolean any() {
        return any;
    }

    /** Whether lists are read by ids: a row is unreadable after more rows than a read remembers. */
    public boolean isReadByIds() {
        return byIds;
    }

    public void readByIds() {
        byIds = true;
    }

    /** From now on rows are read as values before their entities are loaded. */
    public void expectUnreadable() {
        any = true;
    }

    public void markUnreadable(CollectionModel model, EntityId id, List<FieldModel> fields) {
        any = true;
        if (logged.add(id)) {
            LOG.log(
                    Level.WARNING,
                    "application={0} collection={1} id={2} the stored values of {3} cannot be read and are shown as null:"
                            + " update these fields of the row",
                    model.application(),
                    model.name(),
                    id,
                    fields);
        }
    }

    /** Whether a value was unreadable, as opposed to a failure of the database. */
    public static boolean isCause(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return false;
            }
        }
        return true;
    }
}
