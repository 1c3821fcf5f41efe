package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Clients choose its id, a UUID. Its bytes are a large object. */
@Entity(name = "OddFolio")
@Table(name = "odd_folios")
@SyncCollection(value = "folios", clientIds = true)
public class Folio {
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

    @Lob
    byte @Nullable [] scan;
}
