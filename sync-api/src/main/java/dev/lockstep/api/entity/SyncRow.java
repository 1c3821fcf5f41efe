package dev.lockstep.api.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A convenience for entities behind collections: a text id, automatic timestamps, soft delete. Its columns are
 * {@code id varchar(255)}, {@code created_at}, {@code updated_at} and {@code deleted_at}, the last three
 * {@code timestamp(6) with time zone}. Any other entity with the same annotations on fields of its own will do as well.
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

    /** The row's id, {@code null} until the server has given it one. */
    public @Nullable String id() {
        return id;
    }

    /** When the row was inserted, in microseconds. */
    public @Nullable Instant createdAt() {
        return createdAt;
    }

    /** When the row was last changed, in microseconds. */
    public @Nullable Instant updatedAt() {
        return updatedAt;
    }

    /** When the row was deleted; {@code null} while it lives. */
    public @Nullable Instant deletedAt() {
        return deletedAt;
    }
}
