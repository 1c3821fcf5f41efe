package dev.lockstep.system.types.described;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import org.jspecify.annotations.Nullable;

/** Its id is embedded. */
@SyncCollection("seats")
public class Seat {
    /** The id in Java. */
    @Embeddable
    public record Key(String car, int number) {}

    @EmbeddedId
    @Nullable
    Key key;

    @Nullable
    String passenger;
}
