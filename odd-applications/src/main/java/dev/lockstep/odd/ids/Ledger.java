package dev.lockstep.odd.ids;

import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A table that had rows before, in a room and in none, and has columns that no field maps. */
@Entity(name = "OddLedger")
@Table(name = "odd_ledgers")
@SyncCollection(value = "ledgers", clientIds = true)
public class Ledger {
    @Id
    @Column(name = "code")
    @Nullable
    String id;

    @RoomColumn
    @Nullable
    String room;

    @Size(max = 30)
    @Nullable
    String title;

    @CreatedAt
    @Column(name = "created_at")
    @Nullable
    Instant createdAt;
}
