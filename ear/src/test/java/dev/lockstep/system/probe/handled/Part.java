package dev.lockstep.system.probe.handled;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.Writable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The copy of a part of the warehouse. Each room is a site. */
@Entity
@Table(name = "handled_parts")
@SyncCollection(value = "parts", clientIds = true)
public class Part {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String site;

    @Column(nullable = false)
    @Size(max = 200)
    @Nullable
    String name;

    /** Assigned by the warehouse. */
    @Writable(Writable.When.NEVER)
    @Nullable
    String shelf;
}
