package dev.lockstep.system.probe.model;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.AccessRule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The colours of letters that each user may read. On boards for letters, a user without colours may do nothing. */
@ApplicationScoped
public class Readers implements AccessRule {
    private final Map<String, Set<String>> colours = new ConcurrentHashMap<>();

    private record Seen(Set<String> colours) {}

    /** Sets the colours that a user sees from now on. */
    public void show(String user, Set<String> seen) {
        colours.put(user, Set.copyOf(seen));
    }

    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder().readFilter("letters", this::shows).build();
    }

    private Seen seen(Access access) {
        String user = access.caller().subject().orElse("nobody");
        return access.context().get(Seen.class, () -> new Seen(colours.getOrDefault(user, Set.of())));
    }

    private boolean shows(Access access, Map<String, @Nullable Object> letter) {
        String title = String.valueOf(letter.get("title"));
        return seen(access).colours().contains(title.split(":", -1)[0]);
    }

    @Override
    public Optional<Refusal> refuses(Access access) {
        return access.room().name().startsWith("letters-")
                        && seen(access).colours().isEmpty()
                ? Optional.of(Refusal.forbidden("No letters for you"))
                : Optional.empty();
    }
}
