package dev.lockstep.odd.heartbeat;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** One beat. */
@Entity(name = "OddBeat")
@Table(name = "odd_beats")
@SyncCollection(value = "beats", clientIds = true, orderBy = "number")
public class Beat {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Column(nullable = false)
    int number;
}
