package dev.lockstep.odd.values;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Times: instants, instants of another zone, local times, dates. */
@Entity(name = "OddOccasion")
@Table(name = "odd_moments")
@SyncCollection(value = "occasions", clientIds = true)
public class Occasion {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Nullable
    Instant happened;

    @Nullable
    OffsetDateTime meant;

    @Nullable
    LocalDateTime wall;

    @Column(name = "on_day")
    @Nullable
    LocalDate day;
}
