package dev.lockstep.api.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import java.util.Optional;

/**
 * One access condition. The CDI beans of this type in an application's packages are called for every read, write and
 * subscription of that application, in the order of {@code @Priority}; the first refusal wins.
 *
 * <p>Called from many threads at once; must not block for long. An exception refuses the request as
 * {@link ErrorCode#FORBIDDEN}, a {@link SyncException} with its own refusal.
 */
@FunctionalInterface
public interface AccessRule {
    /** The refusal; empty to allow the request. */
    Optional<Refusal> refuses(Access access);
}
