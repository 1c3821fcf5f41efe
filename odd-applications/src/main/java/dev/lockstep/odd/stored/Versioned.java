package dev.lockstep.odd.stored;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Counts its changes. */
@Entity(name = "OddVersioned")
@Table(name = "odd_versioned")
@SyncCollection(value = "versioned", clientIds = true)
public class Versioned {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Size(max = 50)
    @Column(nullable = false)
    String name = "";

    @Version
    long version;
}
