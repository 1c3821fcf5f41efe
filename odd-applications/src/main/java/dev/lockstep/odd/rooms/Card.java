package dev.lockstep.odd.rooms;

import dev.lockstep.api.entity.ArchivedAt;
import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.ScopeColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.Writable;
import dev.lockstep.api.entity.Writable.When;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Belongs to a lane, which is its scope; moves between rooms, and is archived. */
@Entity(name = "OddCard")
@Table(name = "odd_cards")
@SyncCollection(value = "cards", clientIds = true)
public class Card {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Writable(When.ALWAYS)
    @Column(nullable = false)
    @Nullable
    String room;

    @ScopeColumn
    @Size(max = 40)
    @Nullable
    String lane;

    @Size(max = 100)
    @Column(nullable = false)
    String title = "";

    @CreatedAt
    @Writable(When.ON_INSERT)
    @Column(name = "created_at", nullable = false)
    @Nullable
    Instant createdAt;

    @ArchivedAt
    @Column(name = "archived_at")
    @Nullable
    Instant archivedAt;
}
