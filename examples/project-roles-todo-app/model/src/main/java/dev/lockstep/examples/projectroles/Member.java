package dev.lockstep.examples.projectroles;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A user's role in the demo project. No collection: clients neither read it nor subscribe to it. */
@Entity
@Table(name = "project_roles_todo_app_members")
public class Member {
    @Id
    private String name = "";

    @Enumerated(EnumType.STRING)
    private @Nullable Role role;

    /** The user. */
    public String name() {
        return name;
    }

    /** Empty after the role was removed. */
    public Optional<Role> role() {
        return Optional.ofNullable(role);
    }

    void become(Optional<Role> next) {
        role = next.orElse(null);
    }
}
