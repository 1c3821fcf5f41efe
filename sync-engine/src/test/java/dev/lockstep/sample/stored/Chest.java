package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Collection whose table is in another schema than that of the connection. */
@Entity(name = "WorkshopChest")
@Table(name = "chests", schema = "attic")
@SyncCollection(value = "chests", clientIds = true, orderBy = "id")
public class Chest {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String project;

    @Nullable
    String code;

    @Column(name = "shelf_id")
    @Nullable
    String shelf;
}
