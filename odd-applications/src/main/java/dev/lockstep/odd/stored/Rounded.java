package dev.lockstep.odd.stored;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Values with more digits than their columns. */
@Entity(name = "OddRounded")
@Table(name = "odd_rounded")
@SyncCollection(value = "rounded", clientIds = true)
public class Rounded {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Nullable
    LocalDateTime wall;

    @Nullable
    Instant happened;

    @Nullable
    Double ratio;

    @Nullable
    BigDecimal price;
}
