package dev.lockstep.odd.stored;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.hibernate.annotations.SQLRestriction;
import org.jspecify.annotations.Nullable;

/** Invisible to queries while it is hidden. */
@Entity(name = "OddRestricted")
@Table(name = "odd_restricted")
@SyncCollection(value = "restricted", clientIds = true)
@SQLRestriction("hidden = false")
public class Restricted {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Size(max = 50)
    @Column(nullable = false)
    String name = "";

    boolean hidden;
}
