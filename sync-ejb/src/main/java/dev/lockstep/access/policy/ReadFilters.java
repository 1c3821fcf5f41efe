package dev.lockstep.access.policy;

import dev.lockstep.api.Access;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Row;
import dev.lockstep.api.access.ReadFilter;
import dev.lockstep.collection.value.RowValues;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.room.RoomContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Which rows a caller may read, as the application's policy says. Thread-safe. */
@ApplicationScoped
public class ReadFilters {
    /** How often it is logged that filters throw. In between they hide rows silently: each row would be a line. */
    private static final Duration LOGGED_EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger(ReadFilters.class.getName());

    private final AtomicLong loggedNanos = new AtomicLong(System.nanoTime() - LOGGED_EVERY.toNanos());

    @Inject
    private Policies policies;

    @Inject
    private RoomContext rooms;

    /** Which rows of a collection are shown; empty if all. */
    public Optional<Predicate<Row>> of(Access access, CollectionName collection) {
        return Optional.ofNullable(policies.of(access).readFilters().get(collection.value()))
                .map(filter -> row -> shows(filter, access, row));
    }

    /** The same of those of some collections that have a filter. */
    public Map<CollectionName, Predicate<Row>> of(Access access, Set<CollectionName> collections) {
        Map<CollectionName, Predicate<Row>> filters = new HashMap<>();
        collections.forEach(name -> of(access, name).ifPresent(filter -> filters.put(name, filter)));
        return filters;
    }

    private boolean shows(ReadFilter filter, Access access, Row row) {
        assert ApplicationExecutor.isApplicationThread(Thread.currentThread()) : "a read filter on an engine's thread";
        try {
            return rooms.in(access.room(), () -> filter.shows(access, RowValues.of(row)));
        } catch (RuntimeException | Error e) {
            long now = System.nanoTime();
            long last = loggedNanos.get();
            if (now - last >= LOGGED_EVERY.toNanos() && loggedNanos.compareAndSet(last, now)) {
                LOG.log(Level.WARNING, "a read filter threw; the row is hidden. collection=" + row.in(), e);
            }
            return false;
        }
    }
}
