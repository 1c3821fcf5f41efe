package dev.lockstep.sample;

import dev.lockstep.api.Access;
import dev.lockstep.api.access.AccessPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Read filter: the title of a task begins with its colour, and each user sees some colours. It throws for the colour
 * "broken".
 */
@ApplicationScoped
public class ColourFilter {
    private final Map<String, Set<String>> byUser = new ConcurrentHashMap<>();

    private record Seen(Set<String> colours) {}

    /** Sets the colours that a user sees, from the next request on. */
    public void show(String user, String... colours) {
        byUser.put(user, Set.of(colours));
    }

    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder().readFilter("tasks", this::shows).build();
    }

    private boolean shows(Access access, Map<String, @Nullable Object> row) {
        String colour = String.valueOf(row.get("title")).split(":", -1)[0];
        if (colour.equals("broken")) {
            throw new IllegalStateException("as the test wants it");
        }
        Seen seen = access.context()
                .get(
                        Seen.class,
                        () -> new Seen(
                                byUser.getOrDefault(access.caller().subject().orElse("nobody"), Set.of())));
        return seen.colours().contains(colour);
    }
}
