package dev.lockstep.odd.shapes;

import dev.lockstep.api.entity.RoomColumn;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import org.jspecify.annotations.Nullable;

/** The id and the room of a row. */
@MappedSuperclass
public abstract class ShapedRow {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;
}
