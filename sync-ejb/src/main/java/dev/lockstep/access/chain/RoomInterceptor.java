package dev.lockstep.access.chain;

import dev.lockstep.access.policy.Policies;
import dev.lockstep.access.policy.Questions;
import dev.lockstep.api.Access;
import dev.lockstep.api.AccessOrder;
import dev.lockstep.api.Guarded;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomAccess;
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

    @Override
    Optional<Refusal> refuses(Access access) {
        Optional<RoomAccess> room = policies.of(access).room();
        if (room.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> user = access.caller().subject();
        return user.isEmpty()
                ? Optional.of(Policies.UNAUTHORIZED)
                : questions.ask(access, () -> room.get().refuses(user.get(), access));
    }
}
