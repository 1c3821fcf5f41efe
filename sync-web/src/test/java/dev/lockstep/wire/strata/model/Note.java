package dev.lockstep.wire.strata.model;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.Writable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** Its rows move to other groups, and have versions. */
@Entity
@SyncCollection(value = "Note", clientIds = true)
public class Note {
    @Id
    @Nullable
    String id;

    String title = "";

    @RoomColumn
    @Writable(Writable.When.ALWAYS)
    @Nullable
    String workspaceId;

    @Version
    long version;
}
