package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.ArchivedAt;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Collection with a version. */
@Entity(name = "WorkshopDraft")
@Table(name = "workshop_drafts")
@SyncCollection(value = "drafts", clientIds = true)
public class Draft {
    public static final String TABLE = "create table workshop_drafts (id varchar(255) primary key, project varchar(255)"
            + " not null, text varchar(50), version bigint not null, archived_at timestamp(6) with time zone)";

    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String project;

    @Nullable
    String text;

    @Version
    long version;

    @ArchivedAt
    @Column(name = "archived_at")
    @Nullable
    Instant archivedAt;
}
