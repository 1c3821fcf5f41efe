package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Collection whose table changes a value by a trigger that its entity does not declare. */
@Entity(name = "WorkshopStamp")
@Table(name = "workshop_stamps")
@SyncCollection(value = "stamps", clientIds = true)
public class Stamp {
    public static final String TABLE = "create table workshop_stamps (id varchar(255) primary key, project varchar(255)"
            + " not null, text varchar(50))";

    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String project;

    @Nullable
    String text;
}
