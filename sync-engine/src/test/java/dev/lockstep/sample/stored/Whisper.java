package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.SQLRestriction;
import org.jspecify.annotations.Nullable;

/** Collection with a restriction: rows with a hidden mark cannot be read. */
@Entity(name = "WorkshopWhisper")
@Table(name = "workshop_whispers")
@SyncCollection(value = "whispers", clientIds = true)
@SQLRestriction("hidden = false")
public class Whisper {
    public static final String TABLE = "create table workshop_whispers (id varchar(255) primary key, project"
            + " varchar(255) not null, text varchar(50), hidden boolean not null)";

    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String project;

    @Nullable
    String text;

    boolean hidden;
}
