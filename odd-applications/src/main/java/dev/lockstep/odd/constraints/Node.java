package dev.lockstep.odd.constraints;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.BelongsTo.OnDelete;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** May have a parent node, and is deleted with it. */
@Entity(name = "OddNode")
@Table(name = "odd_nodes")
@SyncCollection(value = "nodes", clientIds = true)
public class Node {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @BelongsTo(value = Node.class, onDelete = OnDelete.DELETE)
    @Column(name = "parent_id")
    @Nullable
    String parentId;

    @Size(max = 20)
    @Nullable
    String label;
}
