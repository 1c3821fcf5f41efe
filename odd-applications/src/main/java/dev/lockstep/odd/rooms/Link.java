package dev.lockstep.odd.rooms;

import dev.lockstep.api.entity.CompositeKey;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Is identified by the rows that it connects. */
@Entity(name = "OddLink")
@Table(name = "odd_links")
@SyncCollection(value = "links", clientIds = true)
@CompositeKey({"source", "target"})
public class Link {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Column(nullable = false)
    @Nullable
    String source;

    @Column(nullable = false)
    @Nullable
    String target;
}
