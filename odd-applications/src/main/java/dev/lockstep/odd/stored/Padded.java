package dev.lockstep.odd.stored;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A text that its column pads with blanks. */
@Entity(name = "OddPadded")
@Table(name = "odd_padded")
@SyncCollection(value = "padded", clientIds = true)
public class Padded {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Size(max = 10)
    @Nullable
    String code;

    @Nullable
    String name;
}
