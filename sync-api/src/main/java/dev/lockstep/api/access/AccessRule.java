package dev.lockstep.api.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import java.util.Optional;

/**
 * One condition of access. The CDI beans of this type in an application's packages are asked for every read, write and
 * subscription of that application, in the order of {@code @Priority}; the first refusal wins.
 *
 * <p>Called from many threads at once; must not block for long. An exception refuses, with
 * {@link ErrorCode#FORBIDDEN}: a rule that cannot answer lets nobody pass. A {@link SyncException} refuses with its own
 * refusal.
 */
@FunctionalInterface
public interface AccessRule {
    /** Empty to let it pass; otherwise why not. */
    Optional<Refusal> refuses(Access access);
}
