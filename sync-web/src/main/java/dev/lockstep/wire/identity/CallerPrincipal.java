package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Identity;
import java.security.Principal;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Principal of a known caller in servlets, resources and sockets. An anonymous caller has none. */
public record CallerPrincipal(Identity.Known known) implements Principal {
    /** The claim with the caller's roles (MicroProfile JWT 2.1, section 4.1). */
    private static final String GROUPS = "groups";

    /** The role of every caller with an identity (Jakarta Servlet 6.0, section 13.3). */
    private static final String ANY = "**";

    @Override
    public String getName() {
        return known.caller().subject().orElse("");
    }

    /** The roles that the claim {@code groups} lists. */
    public Set<String> groups() {
        return texts(known.caller().claims().get(GROUPS));
    }

    /** Whether the caller has a role; {@code **} is everyone's. */
    boolean isInRole(String role) {
        return role.equals(ANY) || groups().contains(role);
    }

    /** The values of a claim that is one text or a list of them. */
    public static Set<String> texts(@Nullable Object claim) {
        return switch (claim) {
            case String one -> Set.of(one);
            case Collection<?> several ->
                several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .collect(Collectors.toUnmodifiableSet());
            case null -> Set.of();
            default -> Set.of();
        };
    }

    /** The name only: claims do not belong in logs. */
    @Override
    public String toString() {
        return getName();
    }
}
