package dev.lockstep.wire.cfsync.openapi.described;

import dev.lockstep.api.Operation;
import dev.lockstep.api.entity.Filterable;
import dev.lockstep.api.entity.NeverSent;
import dev.lockstep.api.entity.Sortable;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.Writable;
import jakarta.persistence.Id;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A collection without deletes. */
@SyncCollection(
        value = "tickets",
        operations = {Operation.INSERT, Operation.UPDATE})
public class DescribedTicket {
    /** The state of a ticket. */
    public enum Status {
        OPEN,
        DONE
    }

    @Id
    @Nullable
    String id;

    @Filterable
    @Nullable
    Status status;

    @NotNull
    @SuppressWarnings("MultipleNullnessAnnotations") // an entity that is being read has none yet
    @Size(max = 20)
    @Writable(Writable.When.ON_INSERT)
    @Nullable
    String number;

    @Filterable
    @Sortable
    @Nullable
    Instant opened;

    @NeverSent
    @Nullable
    String pin;
}
