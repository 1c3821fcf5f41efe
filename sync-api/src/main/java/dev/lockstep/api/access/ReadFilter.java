package dev.lockstep.api.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.identity.Callers;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Filter of a collection's readable rows: lists, catch-up, live frames and answers to mutations contain no others. Rules
 * and ownership decide about writing. Immutable.
 *
 * <p>Called for every row and every caller, from many threads at once, including those of sockets: it must not block or
 * query a database. The result depends on the arguments only, so that equal rows have equal results until
 * {@link Callers#rightsChanged}. Facts about the caller come from {@link Access#context}, where a step of the chain or a
 * rule has stored them. An exception hides the row.
 */
@FunctionalInterface
public interface ReadFilter {
    /**
     * Whether the caller may read the row.
     *
     * @param access a read, a subscription, or a mutation with its answer
     * @param row the sent fields by their names on the wire: {@code String}, {@code Long}, {@code BigDecimal},
     *     {@code Boolean} or {@code null}; timestamps as text
     */
    boolean shows(Access access, Map<String, @Nullable Object> row);

    /** The condition for the database, beside {@link #shows}; empty if lists read all rows and pass them to it. */
    default Optional<Criteria> criteria() {
        return Optional.empty();
    }

    /** The same filter with a condition for the database. */
    default ReadFilter withCriteria(Criteria condition) {
        ReadFilter rows = this;
        return new ReadFilter() {
            @Override
            public boolean shows(Access access, Map<String, @Nullable Object> row) {
                return rows.shows(access, row);
            }

            @Override
            public Optional<Criteria> criteria() {
                return Optional.of(condition);
            }
        };
    }

    /**
     * A read filter's condition for the database: a page of a list then reads its own rows, not the whole room. It admits
     * every row that {@link #shows} admits; {@code shows} still hides others. The development profile compares both, and
     * logs a warning for a row that only the condition hides.
     *
     * <p>Called once for each list, on the thread of the request. An exception hides all rows.
     */
    @FunctionalInterface
    interface Criteria {
        /**
         * The condition.
         *
         * @param access the read
         * @param row the collection's entity; its attributes have their names in Java
         */
        Predicate admits(Access access, Root<?> row, CriteriaBuilder builder);
    }
}
