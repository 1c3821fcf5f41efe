package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.UpdatedAt;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Collection on a table that had rows before; some of its columns belong to another program. */
@Entity(name = "WorkshopBerth")
@Table(name = "workshop_berths")
@SyncCollection(value = "berths", clientIds = true)
public class Berth {
    /** The table as that program made it. */
    public static final String TABLE =
            "create table workshop_berths (id varchar(400) primary key, harbour varchar(400),"
                    + " title varchar(200), pilot varchar(20) default 'unknown' not null, invoice integer,"
                    + " created_at timestamp(6) with time zone, changed_at timestamp(6) with time zone, version integer)";

    @Id
    @Nullable
    String id;

    @RoomColumn
    @Nullable
    String harbour;

    @Nullable
    String title;

    @CreatedAt
    @Column(name = "created_at", updatable = false)
    @Nullable
    Instant createdAt;

    @UpdatedAt
    @Column(name = "changed_at", nullable = false)
    @Nullable
    Instant updatedAt;

    @Version
    int version;

    /** Moves one as an application does. */
    public void moveTo(@Nullable String other) {
        harbour = other;
    }
}
