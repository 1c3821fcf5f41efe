package dev.lockstep.sample.typed;

import dev.lockstep.api.Operation;
import dev.lockstep.api.entity.NeverSent;
import dev.lockstep.api.entity.ScopeColumn;
import dev.lockstep.api.entity.SendAs;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.Writable;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** A class with the annotations of an entity, for its types. No persistence unit has it. */
@SyncCollection(
        value = "tickets",
        operations = {Operation.INSERT, Operation.UPDATE})
public class Ticket {
    @Id
    @Nullable
    String id;

    @ScopeColumn
    @Nullable
    String desk;

    @NotNull
    @SuppressWarnings("MultipleNullnessAnnotations") // an entity that is being read has none yet
    @SendAs(SendAs.Form.TEXT)
    @Nullable
    Long number;

    @Writable(Writable.When.ON_UPDATE)
    @Nullable
    String status;

    @Writable(Writable.When.NEVER)
    @JsonbProperty("opened-by")
    @Nullable
    String openedBy;

    @NeverSent
    @Nullable
    String pin;

    @Version
    long version;
}
