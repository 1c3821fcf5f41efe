package dev.lockstep.system.probe.dialects;

import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.UpdatedAt;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The number of todos with a label in a list. Its id has two columns. */
@Entity(name = "DialectsTally")
@Table(name = "dialects_tallies")
@SyncCollection("tallies")
@IdClass(Tally.Key.class)
public class Tally {
    /** The id in Java. */
    public record Key(String list, String label) {}

    @Id
    @RoomColumn
    @Column(name = "list_name")
    @Nullable
    String list;

    @Id
    @Nullable
    String label;

    int amount;

    @CreatedAt
    @Column(name = "created_at", nullable = false)
    @Nullable
    Instant createdAt;

    @UpdatedAt
    @Column(name = "updated_at", nullable = false)
    @Nullable
    Instant updatedAt;
}
