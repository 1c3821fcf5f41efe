package dev.lockstep.wire.cfsync.openapi.described;

import dev.lockstep.api.entity.Filterable;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Its id is embedded. */
@SyncCollection("seats")
public class DescribedSeat {
    /** The id in Java. */
    @Embeddable
    public record Key(@Size(max = 20) @Filterable String car, int number) {}

    @EmbeddedId
    @Nullable
    Key key;

    @Nullable
    String passenger;
}
