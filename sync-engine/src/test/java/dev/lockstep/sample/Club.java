package dev.lockstep.sample;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Collection whose rows are rooms themselves. */
@Entity(name = "WorkshopClub")
@Table(name = "workshop_clubs")
@SyncCollection(value = "clubs", clientIds = true)
public class Club {
    @Id
    @RoomColumn
    @Nullable
    String id;

    @Nullable
    String title;
}
