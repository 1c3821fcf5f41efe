package dev.lockstep.system.probe.model;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Has the colour that its title begins with, and is visible to users with that colour. */
@Entity(name = "ProbeLetter")
@Table(name = "probe_letters")
@SyncCollection(value = "letters", clientIds = true)
public class Letter extends SyncRow {
    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String board;

    @Column(nullable = false)
    @Nullable
    String title;
}
