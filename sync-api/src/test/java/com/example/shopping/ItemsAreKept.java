package com.example.shopping;

import dev.lockstep.api.Access;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

@ApplicationScoped
public class ItemsAreKept implements AccessRule {
    @Override
    public Optional<Refusal> refuses(Access access) {
        return access.operation() == Operation.DELETE
                ? Optional.of(Refusal.forbidden("Items are kept; mark them as bought instead"))
                : Optional.empty();
    }
}
