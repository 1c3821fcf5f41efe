package dev.lockstep.examples.livestorenotes;

import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.DeletedAt;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.UpdatedAt;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A note of a store, as the store's events leave it. Clients of the native dialect read it; only events change it. */
@Entity
@Table(name = "livestore_notes")
@SyncCollection(
        value = "notes",
        operations = {})
public class StoreNote {
    /** Longest text, in characters. A longer one is cut in this table, not in the store. */
    static final int TEXT_CHARACTERS_MAX = 10_000;

    @Id
    @Column(length = 36)
    @Nullable
    String id;

    @RoomColumn
    @Nullable
    String store;

    @Column(name = "note_id")
    @Nullable
    String noteId;

    @Nullable
    String text;

    boolean done;

    @CreatedAt
    @Column(name = "created_at")
    @Nullable
    Instant createdAt;

    @UpdatedAt
    @Column(name = "updated_at")
    @Nullable
    Instant updatedAt;

    @DeletedAt
    @Column(name = "deleted_at")
    @Nullable
    Instant deletedAt;

    /** For JPA. */
    protected StoreNote() {}

    StoreNote(String store, String noteId, String text) {
        this.id = id(store, noteId);
        this.noteId = noteId;
        write(text);
    }

    /** The row's id: two stores may have notes with the same id. */
    static String id(String store, String noteId) {
        return UUID.nameUUIDFromBytes((store + '\n' + noteId).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    final void write(String newText) {
        text = newText.length() <= TEXT_CHARACTERS_MAX ? newText : newText.substring(0, TEXT_CHARACTERS_MAX);
    }

    /** The note was deleted, and is added again: a row without this time is live, and new to clients. */
    final void restore(String newText) {
        deletedAt = null;
        done = false;
        write(newText);
    }

    boolean isDeleted() {
        return deletedAt != null;
    }
}
