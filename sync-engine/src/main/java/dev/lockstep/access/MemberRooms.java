package dev.lockstep.access;

import dev.lockstep.access.policy.ApplicationRules;
import dev.lockstep.access.policy.Policies;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.handler.Handlers;
import dev.lockstep.room.Rooms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Reading rights to all rooms of a caller's groups at once, for dialects whose clients subscribe to them with one cursor.
 * Blocks on the database.
 */
@ApplicationScoped
public class MemberRooms {
    @Inject
    private GuardedRooms rooms;

    @Inject
    private Groups groups;

    @Inject
    private Rooms deliveredRooms;

    @Inject
    private Policies policies;

    @Inject
    private ApplicationRules rules;

    @Inject
    private Handlers handlers;

    /**
     * Whether a caller's visibility in an application depends on groups only. Then a client that receives its groups needs
     * no other notice of changed rights.
     */
    public boolean showsByGroupsAlone(Caller caller) {
        AccessPolicy policy = policies.of(caller.application());
        return policy.room().isEmpty()
                && policy.rules().isEmpty()
                && policy.readFilters().isEmpty()
                && !rules.has(caller.application())
                && !handlers.has(caller.application());
    }

    /** The position up to which changes of rights are known: a later {@link #enter} has the effect of all of them. */
    public Seq known() {
        return deliveredRooms.position();
    }

    /**
     * The result of {@link #enter}.
     *
     * @param groups the requested groups that the caller is in and may see something of
     * @param capability the right to read their rooms and the shared room, and to receive changes of the caller's rights
     */
    public record Entered(List<String> groups, ReadCapability capability) {}

    /**
     * Asks for the reading rights to groups.
     *
     * @param operation whether to read or to subscribe
     * @param wanted the requested groups, in this order; all groups of the caller, if empty. Other users' groups are
     *     skipped
     * @param collections the requested collections
     * @param context the context of the request
     * @throws RuntimeException if the caller's groups cannot be determined
     */
    public CompletionStage<Entered> enter(
            Caller caller,
            Operation operation,
            Optional<List<String>> wanted,
            Set<CollectionName> collections,
            AccessContext context) {
        String subject = caller.subject().orElse("");
        if (subject.isEmpty()) {
            return CompletableFuture.failedStage(new SyncException(ErrorCode.UNAUTHENTICATED, "Unauthorized"));
        }
        RoomId shared = RoomId.shared(caller.application());
        List<String> known = groups.named(new RoomAccessRequest(caller, shared, operation, collections, context));
        List<String> requested = wanted.map(names -> names.stream()
                        .distinct()
                        .filter(Set.copyOf(known)::contains)
                        .toList())
                .orElse(known);
        List<String> entered = new ArrayList<>();
        List<ReadCapability> capabilities = new ArrayList<>();
        for (String group : requested) {
            RoomId room = Groups.room(caller, group);
            rights(new RoomAccessRequest(caller, room, operation, collections, Groups.contextOfOtherRoom(context)))
                    .ifPresent(granted -> {
                        entered.add(group);
                        capabilities.add(granted);
                    });
        }
        if (capabilities.isEmpty()) {
            return rooms.rights(new RoomAccessRequest(caller, shared, operation, collections, context))
                    .thenApply(granted -> new Entered(List.of(), granted.withRightsChangesOf(caller)));
        }
        return CompletableFuture.completedStage(
                new Entered(entered, ReadCapability.all(capabilities).withRightsChangesOf(caller)));
    }

    private Optional<ReadCapability> rights(RoomAccessRequest request) {
        try {
            return Optional.of(rooms.rights(request).toCompletableFuture().join());
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof SyncException refused
                    && !refused.refusal().code().retryable()) {
                return Optional.empty();
            }
            throw failed;
        }
    }
}
