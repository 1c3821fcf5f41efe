package dev.lockstep.odd.ids;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Its id is a UUID that the server makes. */
@Entity(name = "OddParcel")
@Table(name = "odd_parcels")
@SyncCollection("parcels")
public class Parcel {
    @Id
    @Nullable
    UUID id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Size(max = 30)
    @Nullable
    String title;
}
