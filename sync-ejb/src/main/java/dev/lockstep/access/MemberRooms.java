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

/** All rooms of a caller's groups at once, for dialects whose clients follow them by one cursor. Blocks on the database. */
@ApplicationScoped
public class MemberRooms {
    @Inject
    private GuardedRooms rooms;

    @Inject
    private Groups groups;

    @Inject
    private Rooms handed;

    @Inject
    private Policies policies;

    @Inject
    private ApplicationRules rules;

    /**
     * Whether nothing but groups decides what a caller is shown of an application: who was told of them knows all that comes
     * of changed rights.
     */
    public boolean showsByGroupsAlone(Caller caller) {
        AccessPolicy policy = policies.of(caller.application());
        return policy.room().isEmpty()
                && policy.rules().isEmpty()
                && policy.readFilters().isEmpty()
                && !rules.has(caller.application());
    }

    /**
     * How far it is known whose rights have changed: who enters after it was asked for has what came of all changes up to
     * this position.
     */
    public Seq known() {
        return handed.position();
    }

    /**
     * What a caller has of the groups that were asked for.
     *
     * @param groups those that were asked for and are the caller's, as far as there is something to see in them
     * @param capability to what is in them, and in the shared room; also to hear of changes of the caller's own rights
     */
    public record Entered(List<String> groups, ReadCapability capability) {}

    /**
     * Enters rooms.
     *
     * @param operation whether to read or to follow them
     * @param wanted the groups that are asked for, in this order; all that the caller is in, if empty. Others' are left out
     * @param collections what is to be seen
     * @param context what is known of the request
     * @throws RuntimeException if it cannot be found out which groups the caller is in
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
        List<String> asked = wanted.map(names -> names.stream()
                        .distinct()
                        .filter(Set.copyOf(known)::contains)
                        .toList())
                .orElse(known);
        List<String> entered = new ArrayList<>();
        List<ReadCapability> capability = new ArrayList<>();
        for (String group : asked) {
            RoomId room = Groups.room(caller, group);
            rights(new RoomAccessRequest(caller, room, operation, collections, Groups.elsewhere(context)))
                    .ifPresent(granted -> {
                        entered.add(group);
                        capability.add(granted);
                    });
        }
        if (capability.isEmpty()) {
            return rooms.rights(new RoomAccessRequest(caller, shared, operation, collections, context))
                    .thenApply(granted -> new Entered(List.of(), granted.withRightsChangesOf(caller)));
        }
        return CompletableFuture.completedStage(
                new Entered(entered, ReadCapability.all(capability).withRightsChangesOf(caller)));
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
