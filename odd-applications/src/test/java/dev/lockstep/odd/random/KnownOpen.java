package dev.lockstep.odd.random;

import dev.lockstep.odd.stored.Computed;
import dev.lockstep.odd.stored.Padded;
import dev.lockstep.odd.stored.Restricted;
import dev.lockstep.odd.stored.Rounded;
import dev.lockstep.odd.stored.Shouted;
import dev.lockstep.odd.stored.Versioned;
import dev.lockstep.odd.values.Occasion;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Faults that are known and not mended yet, by the numbers of their cases. While one stands here, what shows it is left
 * out: entities are not deployed. The commit that mends one deletes it here; to see one fail,
 * {@code -Dlockstep.odd.try=CW3,CW5} takes them in.
 */
public enum KnownOpen {
    /** The version that is told is not the stored one. */
    CW3(Versioned.class),
    /** The row in the answer differs from the stored row. */
    CW4(Padded.class, Rounded.class, Computed.class, Shouted.class),
    /** A row that leaves its entity's restriction is told as an update. */
    CW5(Restricted.class),
    /** Days and times of a wall clock follow the time zone of the server. */
    CR1(Occasion.class);

    private static final Set<String> TRIED =
            Set.of(System.getProperty("lockstep.odd.try", "").split(",", -1));

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Class<?>> entities;

    KnownOpen(Class<?>... entities) {
        this.entities = Set.of(entities);
    }

    /** The entity classes that are not deployed. */
    public static Set<Class<?>> leftOut() {
        return Stream.of(values())
                .filter(KnownOpen::isOpen)
                .flatMap(open -> open.entities.stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isOpen() {
        return !TRIED.contains(name());
    }
}
