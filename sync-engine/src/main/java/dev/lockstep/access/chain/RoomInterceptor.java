package dev.lockstep.access.chain;

import dev.lockstep.access.Groups;
import dev.lockstep.access.policy.Policies;
import dev.lockstep.access.policy.RuleInvoker;
import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessOrder;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.Guarded;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Optional;
import java.util.Set;

/** The step that checks access to the room, and to rooms that rows move to, where the policy says so. */
@Guarded
@Interceptor
@Priority(AccessOrder.ROOM)
class RoomInterceptor extends GuardInterceptor {
    @Inject
    private Policies policies;

    @Inject
    private RuleInvoker ruleInvoker;

    @Inject
    private Groups groups;

    @Override
    Optional<Refusal> refuses(Access access) {
        AccessPolicy policy = policies.of(access);
        if (policy.room().isEmpty() && !policy.memberRooms()) {
            return Optional.empty();
        }
        Optional<String> user = access.caller().subject();
        if (user.isEmpty()) {
            return Optional.of(Policies.UNAUTHORIZED);
        }
        Optional<Refusal> refusal =
                policy.memberRooms() ? ruleInvoker.invoke(access, () -> refusesNonMembers(access)) : Optional.empty();
        return refusal.isPresent() || policy.room().isEmpty()
                ? refusal
                : ruleInvoker.invokeInEachRoom(
                        access, seen -> policy.room().get().refuses(user.get(), seen));
    }

    private Optional<Refusal> refusesNonMembers(Access access) {
        Set<String> memberOf = groups.of(access);
        return access.rooms().stream().allMatch(room -> room.isShared() || memberOf.contains(room.name()))
                ? Optional.empty()
                : Optional.of(Refusal.forbidden("Forbidden: only members may enter this room"));
    }
}
