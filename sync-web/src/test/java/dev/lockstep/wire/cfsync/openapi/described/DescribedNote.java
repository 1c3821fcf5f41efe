package dev.lockstep.wire.cfsync.openapi.described;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** A collection that clients only read. */
@SyncCollection(
        value = "notes",
        operations = {})
public class DescribedNote {
    @Id
    @Nullable
    String id;

    @Nullable
    String text;
}
