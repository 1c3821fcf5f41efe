package dev.lockstep.wire.strata;

import dev.lockstep.access.Groups;
import dev.lockstep.access.MemberRooms;
import dev.lockstep.access.MemberRooms.Entered;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.strata.request.StrataError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Caller of a request and the caller's groups (contract, section 1.0). Thread-safe; blocks on the database. */
@ApplicationScoped
class StrataCallers {
    private static final String NO_GROUPS = "Groups of a caller cannot be resolved; the request is refused";

    private static final Logger LOG = System.getLogger(StrataCallers.class.getName());

    @Inject
    private ServedApplication application;

    @Inject
    private MemberRooms rooms;

    @Inject
    private Groups groups;

    /**
     * The caller of the current request.
     *
     * @param authorization the request's header {@code Authorization}
     * @throws StrataError if there is no valid token
     */
    Caller caller(@Nullable String authorization) {
        if (authorization == null || authorization.isEmpty()) {
            throw StrataError.unauthorized("Authorization header required");
        }
        if (StrataAuthentication.token(authorization).isEmpty()) {
            throw StrataError.unauthorized("Invalid authorization format");
        }
        Caller caller;
        try {
            caller = application.caller();
        } catch (SyncException refused) {
            boolean expired =
                    refused.refusal().message().toLowerCase(Locale.ROOT).contains("expired");
            throw StrataError.unauthorized(expired ? "Token expired" : "Invalid token");
        }
        if (caller.subject().isEmpty()) {
            throw StrataError.unauthorized("Invalid token");
        }
        return caller;
    }

    /** The caller's groups. */
    List<String> groups(Caller caller, AccessContext context) {
        RoomId shared = RoomId.shared(caller.application());
        return resolved(() -> groups.named(new RoomAccessRequest(caller, shared, Operation.READ, Set.of(), context)));
    }

    /**
     * The caller's capability to read the requested groups.
     *
     * @param wanted the requested groups; all groups of the caller, if empty
     */
    Entered enter(Caller caller, Optional<List<String>> wanted) {
        return enter(caller, wanted, new AccessContext());
    }

    /** The position up to which changes of rights are known. A later {@link #enter} includes them. */
    Seq cached() {
        return rooms.known();
    }

    /** The same, with what is already known of the request. */
    Entered enter(Caller caller, Optional<List<String>> wanted, AccessContext context) {
        Set<CollectionName> all =
                application.collections().stream().map(CollectionModel::name).collect(Collectors.toSet());
        groups(caller, context);
        try {
            return rooms.enter(caller, Operation.READ, wanted, all, context)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof SyncException refused ? refused : failed;
        }
    }

    private static <T> T resolved(Supplier<T> groups) {
        try {
            return groups.get();
        } catch (SyncException refused) {
            throw refused.refusal().code() == ErrorCode.UNAVAILABLE ? refused : StrataError.noGroups();
        } catch (RuntimeException e) {
            if (DatabaseFailures.isTransient(e)) { // from the application's own queries
                throw new SyncException(FailureMapper.refusal(NO_GROUPS, e));
            }
            LOG.log(Level.WARNING, NO_GROUPS, e);
            throw StrataError.noGroups();
        }
    }
}
