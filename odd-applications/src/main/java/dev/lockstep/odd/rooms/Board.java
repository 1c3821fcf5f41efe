package dev.lockstep.odd.rooms;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Is a room itself, named by its id. */
@Entity(name = "OddBoard")
@Table(name = "odd_boards")
@SyncCollection(value = "boards", clientIds = true)
public class Board {
    @Id
    @RoomColumn
    @Nullable
    String id;

    @Size(max = 100)
    @Column(nullable = false)
    String title = "";
}
