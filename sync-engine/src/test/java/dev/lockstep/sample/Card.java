package dev.lockstep.sample;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.ScopeColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Collection with a scope, the drawer. */
@Entity(name = "WorkshopCard")
@Table(name = "workshop_cards")
@SyncCollection(value = "cards", clientIds = true)
public class Card extends SyncRow {
    @RoomColumn
    @Nullable
    String project;

    @ScopeColumn
    @Column(nullable = false)
    @Nullable
    String drawer;

    @Nullable
    String title;
}
