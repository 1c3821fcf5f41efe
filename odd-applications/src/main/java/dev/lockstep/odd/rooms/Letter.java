package dev.lockstep.odd.rooms;

import dev.lockstep.api.entity.OwnerColumn;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Belongs to its author; only the author reads personal ones. Deletes softly. */
@Entity(name = "OddLetter")
@Table(name = "odd_letters")
@SyncCollection(value = "letters", clientIds = true)
public class Letter extends SyncRow {
    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @OwnerColumn
    @Column(nullable = false)
    @Nullable
    String author;

    @Size(max = 100)
    @Column(nullable = false)
    String words = "";

    boolean personal;
}
