package dev.lockstep.api.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.identity.Callers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says which rows of a collection somebody may read: lists, catch-up, live frames and the answers to mutations show no
 * others. What may be written, rules and ownership say. Immutable.
 *
 * <p>Asked for every row and every caller, from many threads at once, those of sockets among them: it must not block, nor
 * look into a database. It answers by what it is given only, so that equal rows have equal answers until
 * {@link Callers#rightsChanged}: what it needs to know of the caller, a step of the chain or a rule has put into
 * {@link Access#context} before. One that throws hides the row.
 */
@FunctionalInterface
public interface ReadFilter {
    /**
     * Whether the row may be read.
     *
     * @param access a read, a subscription, or a mutation whose answer is shown
     * @param row what clients would see of it, by names on the wire: {@code String}, {@code Long}, {@code BigDecimal},
     *     {@code Boolean} or {@code null}; times as text
     */
    boolean shows(Access access, Map<String, @Nullable Object> row);
}
