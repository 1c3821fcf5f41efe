package dev.lockstep.api.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Base class for entities of collections: a text id, automatic timestamps, soft delete. Its columns are
 * {@code id varchar(255)}, {@code created_at}, {@code updated_at} and {@code deleted_at}, the last three
 * {@code timestamp(6) with time zone}. An entity with the same annotations on its own fields works as well.
 */
@MappedSuperclass
public abstract class SyncRow {
    @Id
    @Column(length = 255)
    private @Nullable String id;

    @CreatedAt
    @Column(name = "created_at", nullable = false)
    private @Nullable Instant createdAt;

    @UpdatedAt
    @Column(name = "updated_at", nullable = false)
    private @Nullable Instant updatedAt;

    @DeletedAt
    @Column(name = "deleted_at")
    private @Nullable Instant deletedAt;

    /** The row's id, {@code null} until the server has set it. */
    public @Nullable String id() {
        return id;
    }

    /** The time of the insert, in microseconds. */
    public @Nullable Instant createdAt() {
        return createdAt;
    }

    /** The time of the last change, in microseconds. */
    public @Nullable Instant updatedAt() {
        return updatedAt;
    }

    /** The time of the delete; {@code null} while the row is live. */
    public @Nullable Instant deletedAt() {
        return deletedAt;
    }
}
