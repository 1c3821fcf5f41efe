package dev.lockstep.system.probe.model;

import dev.lockstep.api.Operation;
import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.BelongsTo.OnDelete;
import dev.lockstep.api.entity.NeverSent;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * Is deleted with its note, and with the comment that it replies to or quotes; never softly. Clients cannot update it.
 */
@Entity(name = "ProbeComment")
@Table(name = "probe_comments")
@SyncCollection(
        value = "comments",
        clientIds = true,
        operations = {Operation.INSERT, Operation.DELETE})
public class Comment {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String board;

    @BelongsTo(value = Note.class, onDelete = OnDelete.DELETE)
    @Nullable
    String note;

    @BelongsTo(value = Comment.class, onDelete = OnDelete.DELETE)
    @Column(name = "reply_to")
    @Nullable
    String replyTo;

    @BelongsTo(value = Comment.class, onDelete = OnDelete.DELETE)
    @Nullable
    String quoted;

    @NeverSent
    @Nullable
    String signature;

    /** A comment on a note. */
    public static Comment on(@Nullable String note) {
        Comment comment = new Comment();
        comment.note = note;
        return comment;
    }

    /** A reply to a comment. */
    public static Comment replyingTo(Comment other) {
        Comment comment = new Comment();
        comment.replyTo = other.id;
        return comment;
    }

    /** A comment that quotes another; no foreign key binds it to that one. */
    public static Comment quoting(Comment other) {
        Comment comment = new Comment();
        comment.quoted = other.id;
        return comment;
    }

    public @Nullable String id() {
        return id;
    }
}
