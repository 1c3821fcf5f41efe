package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Its room is another row. */
@Entity(name = "OddCabin")
@Table(name = "odd_cabins")
@SyncCollection(value = "cabins", clientIds = true)
public class Cabin {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "room", nullable = false)
    @Nullable
    Ship room;

    @Size(max = 30)
    @Nullable
    String title;
}
