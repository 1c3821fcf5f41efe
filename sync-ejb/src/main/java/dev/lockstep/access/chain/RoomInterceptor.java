package dev.lockstep.access.chain;

import dev.lockstep.access.Groups;
import dev.lockstep.access.policy.Policies;
import dev.lockstep.access.policy.Questions;
import dev.lockstep.api.Access;
import dev.lockstep.api.AccessOrder;
import dev.lockstep.api.AccessPolicy;
import dev.lockstep.api.Guarded;
import dev.lockstep.api.Refusal;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Optional;

/** Asks who may enter the room, where the policy says it. */
@Guarded
@Interceptor
@Priority(AccessOrder.ROOM)
class RoomInterceptor extends Step {
    @Inject
    private Policies policies;

    @Inject
    private Questions questions;

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
                policy.memberRooms() ? questions.ask(access, () -> refusesOthers(access)) : Optional.empty();
        return refusal.isPresent() || policy.room().isEmpty()
                ? refusal
                : questions.ask(access, () -> policy.room().get().refuses(user.get(), access));
    }

    private Optional<Refusal> refusesOthers(Access access) {
        boolean isMember = access.room().isShared()
                || groups.of(access).contains(access.room().name());
        return isMember
                ? Optional.empty()
                : Optional.of(Refusal.forbidden("Forbidden: this room is its members' alone"));
    }
}
