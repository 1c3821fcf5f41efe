package dev.lockstep.system.probe.dialects;

import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.UpdatedAt;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A todo of a list: each list is a room. */
@Entity(name = "DialectsTodo")
@Table(name = "dialects_todos")
@SyncCollection(value = "todos", clientIds = true)
public class Todo {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(name = "list_name", nullable = false)
    @Nullable
    String list;

    @Size(max = 200)
    @Column(nullable = false)
    String title = "";

    @Size(max = 400_000)
    @Nullable
    String notes;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "after_id")
    @Nullable
    Todo after;

    @CreatedAt
    @Column(name = "created_at", nullable = false)
    @Nullable
    Instant createdAt;

    @UpdatedAt
    @Column(name = "updated_at", nullable = false)
    @Nullable
    Instant updatedAt;
}
