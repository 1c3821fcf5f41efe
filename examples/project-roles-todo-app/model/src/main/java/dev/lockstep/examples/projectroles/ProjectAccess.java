package dev.lockstep.examples.projectroles;

import static dev.lockstep.api.access.CollectionRules.ALLOW;
import static dev.lockstep.api.access.CollectionRules.rules;

import dev.lockstep.api.Access;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Predicate;

/** Members read the demo project, editors write it, admins delete from it. Other projects have no members. */
@ApplicationScoped
public class ProjectAccess {
    private static final String DEMO_PROJECT = "project:demo-project";

    @Inject
    private Members members;

    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder()
                .requireAuthentication()
                .roomAccess(this::refuses)
                .requireOwner()
                .rules(rules().collection("todos")
                        .on(Operation.INSERT, atLeast(Role.EDITOR))
                        .on(Operation.UPDATE, atLeast(Role.EDITOR))
                        .on(Operation.DELETE, atLeast(Role.ADMIN))
                        .otherwise(ALLOW))
                .build();
    }

    private Optional<Refusal> refuses(String user, Access access) {
        Optional<Role> role = access.room().name().equals(DEMO_PROJECT) ? members.roleOf(user) : Optional.empty();
        role.ifPresent(found -> access.context().put(Role.class, found));
        return role.isPresent()
                ? Optional.empty()
                : Optional.of(Refusal.forbidden("Forbidden: you have no role in this project"));
    }

    private static Predicate<Access> atLeast(Role least) {
        return access -> access.context()
                .get(Role.class)
                .filter(role -> role.compareTo(least) >= 0)
                .isPresent();
    }
}
