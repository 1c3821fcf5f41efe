package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

/** A natural id that may change: a number in each room. */
@Entity(name = "OddPass")
@Table(name = "odd_passes")
@SyncCollection(value = "passes", clientIds = true)
public class Pass {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @NaturalId(mutable = true)
    @Column(nullable = false)
    @Nullable
    String room;

    @NaturalId(mutable = true)
    @Size(max = 10)
    @Column(name = "pass_number", nullable = false)
    String number = "";

    @Size(max = 30)
    @Nullable
    String title;
}
