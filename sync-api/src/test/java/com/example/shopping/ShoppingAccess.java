package com.example.shopping;

import static dev.lockstep.api.access.CollectionRules.ALLOW;
import static dev.lockstep.api.access.CollectionRules.rules;

import dev.lockstep.api.Access;
import dev.lockstep.api.Operation;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.Ownership;
import dev.lockstep.api.access.RoomAccess;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

@ApplicationScoped
public class ShoppingAccess {
    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder()
                .requireAuthentication()
                .roomAccess(RoomAccess.ownRoom("list:"))
                .requireOwner(Ownership.ofInserts().checkingOnUpdateDelete())
                .rules(rules().collection("items")
                        .on(Operation.DELETE, this::isParent)
                        .otherwise(ALLOW))
                .build();
    }

    private boolean isParent(Access access) {
        return "parent".equals(access.caller().claims().get("role"));
    }
}
