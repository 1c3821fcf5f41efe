package dev.lockstep.sample.shape;

import dev.lockstep.api.entity.RoomColumn;
import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import org.jspecify.annotations.Nullable;

/** The fields of every shape. */
@MappedSuperclass
abstract class Shaped {
    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Nullable
    String title;
}
