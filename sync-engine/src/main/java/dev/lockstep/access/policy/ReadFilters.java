package dev.lockstep.access.policy;

import dev.lockstep.api.Access;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Row;
import dev.lockstep.api.access.ReadFilter;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.collection.row.RowCondition;
import dev.lockstep.collection.value.RowValues;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.handler.Handlers;
import dev.lockstep.room.RoomContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Root;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** The readable rows of a caller, by the application's policy. Thread-safe. */
@ApplicationScoped
public class ReadFilters {
    /** Interval of the log line about failing filters. In between they hide rows without a line: each row would be one. */
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger(ReadFilters.class.getName());

    private final AtomicLong loggedNanos = new AtomicLong(System.nanoTime() - LOG_INTERVAL.toNanos());

    @Inject
    private Policies policies;

    @Inject
    private Handlers handlers;

    @Inject
    private CollectionRegistry collections;

    @Inject
    private RoomContext rooms;

    /** The filter of a collection's rows; all are visible, if empty. */
    public Optional<Predicate<Row>> of(Access access, CollectionName collection) {
        Optional<ReadFilter> ofPolicy =
                Optional.ofNullable(policies.of(access).readFilters().get(collection.value()));
        Optional<ReadFilter> ofHandler = handlers.find(access.room().application(), collection)
                .filter(handler -> collections
                        .find(access.room().application(), collection)
                        .filter(CollectionModel::filtered)
                        .isPresent())
                .map(handler -> handler::audience);
        return Stream.of(ofPolicy, ofHandler)
                .flatMap(Optional::stream)
                .<Predicate<Row>>map(filter -> row -> shows(filter, access, row))
                .reduce(Predicate::and);
    }

    /** The filters of those collections that have one. */
    public Map<CollectionName, Predicate<Row>> of(Access access, Set<CollectionName> collections) {
        Map<CollectionName, Predicate<Row>> filters = new HashMap<>();
        collections.forEach(name -> of(access, name).ifPresent(filter -> filters.put(name, filter)));
        return filters;
    }

    /** The condition of a collection's read filter for the database, if it has one. The audience of a handler has none. */
    public Optional<RowCondition> condition(Access access, CollectionName collection) {
        if (handlers.find(access.room().application(), collection).isPresent()) {
            return Optional.empty();
        }
        return Optional.ofNullable(policies.of(access).readFilters().get(collection.value()))
                .flatMap(ReadFilter::criteria)
                .map(criteria -> (row, builder) -> condition(criteria, access, collection, row, builder));
    }

    private jakarta.persistence.criteria.Predicate condition(
            ReadFilter.Criteria criteria,
            Access access,
            CollectionName collection,
            Root<?> row,
            CriteriaBuilder builder) {
        try {
            return rooms.in(access.room(), () -> criteria.admits(access, row, builder));
        } catch (RuntimeException | Error e) {
            log("The criteria of a read filter threw an exception; all rows are hidden. collection=" + collection, e);
            return builder.disjunction();
        }
    }

    /** Whether read filters are compared with their conditions for the database: in the development profile. */
    public boolean areCompared() {
        return ConfigProvider.getConfig()
                .getOptionalValue("lockstep.profile", String.class)
                .filter("development"::equals)
                .isPresent();
    }

    private boolean shows(ReadFilter filter, Access access, Row row) {
        assert ApplicationExecutor.isApplicationThread(Thread.currentThread())
                : "a read filter runs on an engine thread";
        try {
            return rooms.in(access.room(), () -> filter.shows(access, RowValues.of(row)));
        } catch (RuntimeException | Error e) {
            log("A read filter threw an exception; the row is hidden. collection=" + row.in(), e);
            return false;
        }
    }

    private void log(String sentence, Throwable cause) {
        long now = System.nanoTime();
        long last = loggedNanos.get();
        if (now - last >= LOG_INTERVAL.toNanos() && loggedNanos.compareAndSet(last, now)) {
            LOG.log(Level.WARNING, sentence, cause);
        }
    }
}
