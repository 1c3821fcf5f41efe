package dev.lockstep.api.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.identity.Callers;
import java.util.Map;
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
}
