package dev.lockstep.wire.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.wire.endpoint.RolesAllowedFeature.RoleCheck;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The role annotation that counts for a resource method. */
class RolesAllowedFeatureTest {
    private static Optional<RoleCheck> rule(Class<?> type, String method) throws NoSuchMethodException {
        return RolesAllowedFeature.rule(type.getMethod(method), type);
    }

    private static Optional<RoleCheck> needs(String... roles) {
        return Optional.of(new RoleCheck(Set.of(roles), false));
    }

    /** A contract with a role of its own. */
    public interface Contract {
        @RolesAllowed("auditor")
        void audited();
    }

    /** Methods without an annotation need the role of the class. */
    @RolesAllowed({"editor", "owner"})
    public static class Pages implements Contract {
        public void plain() {}

        @RolesAllowed("owner")
        public void own() {}

        @PermitAll
        public void open() {}

        @DenyAll
        public void closed() {}

        @Override
        public void audited() {}
    }

    /** Inherits the role of its superclass. */
    public static class MorePages extends Pages {
        @Override
        public void plain() {}
    }

    /** Without any annotation. */
    public static class Open {
        public void plain() {}
    }

    @Test
    @Tag("ID17")
    @DisplayName("[ID17] the annotation of the method counts before that of the class")
    void methodFirst() throws NoSuchMethodException {
        assertThat(rule(Pages.class, "plain")).isEqualTo(needs("editor", "owner"));
        assertThat(rule(Pages.class, "own")).isEqualTo(needs("owner"));
        assertThat(rule(Pages.class, "open")).isEmpty();
        assertThat(rule(Pages.class, "closed")).isEqualTo(needs());
        assertThat(rule(Open.class, "plain")).isEmpty();
    }

    @Test
    @Tag("ID17")
    @DisplayName("[ID17] annotations of superclasses and interfaces count")
    void inherited() throws NoSuchMethodException {
        assertThat(rule(MorePages.class, "plain")).isEqualTo(needs("editor", "owner"));
        assertThat(rule(MorePages.class, "own")).isEqualTo(needs("owner"));
        assertThat(rule(Pages.class, "audited")).isEqualTo(needs("auditor"));
    }
}
