package dev.lockstep.collection;

import dev.lockstep.api.EntityId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of one collection of which the database holds a value that the entity's code cannot read: a constant of an
 * enum that is not there any more, NULL for a primitive, what a converter refuses. Such a value is shown as {@code null},
 * and each row is logged once. Thread-safe.
 */
public final class UnreadableRows {
    /** Ids that are remembered. Beyond it the one that was seen first is forgotten, and may be logged again. */
    private static final int LOGGED_MAX = 1_000;

    private static final Logger LOG = System.getLogger(UnreadableRows.class.getName());

    private final Map<EntityId, Boolean> logged = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<EntityId, Boolean> eldest) {
            return size() > LOGGED_MAX;
        }
    });
    private volatile boolean any;
    private volatile boolean byIds;

    /** Whether there were any: then rows are looked at before their entities are loaded. */
    public boolean any() {
        return any;
    }

    /** Whether the collection is read by its ids: somewhere beyond what a reading remembers is a row that it cannot read. */
    public boolean isReadByIds() {
        return byIds;
    }

    public void readByIds() {
        byIds = true;
    }

    /** From now on rows are looked at before their entities are loaded. */
    public void expectUnreadable() {
        any = true;
    }

    public void markUnreadable(CollectionModel model, EntityId id, List<FieldModel> fields) {
        any = true;
        if (logged.put(id, true) == null) {
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

    /** Whether it was a value that could not be read, and not the database that could not be asked. */
    public static boolean isCause(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return false;
            }
        }
        return true;
    }
}
