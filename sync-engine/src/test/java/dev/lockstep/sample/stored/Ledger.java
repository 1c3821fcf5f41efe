package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.UpdatedAt;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.UpdateTimestamp;
import org.jspecify.annotations.Nullable;

/** Collection of values that the database or the entity changes when they are stored. */
@Entity(name = "WorkshopLedger")
@Table(name = "workshop_ledgers")
@SyncCollection(value = "ledgers", clientIds = true)
public class Ledger {
    /** With a column default that no insert overwrites. */
    public static final String TABLE =
            "create table workshop_ledgers (id varchar(255) primary key, project varchar(255)"
                    + " not null, title varchar(200), slug varchar(200), code char(10), at_second timestamp(0), ratio real,"
                    + " share real, weight double precision,"
                    + " amount numeric(38, 2), state varchar(20) default 'new', doubled integer generated always as (size * 2)"
                    + "%s, size integer not null, made timestamp(6) with time zone, touched timestamp(6) with time zone,"
                    + " created_at timestamp(6) with time zone not null, updated_at timestamp(6) with time zone not null)";

    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String project;

    @Nullable
    String title;

    @Nullable
    String slug;

    @Nullable
    String code;

    @Column(name = "at_second")
    @Nullable
    LocalDateTime atSecond;

    @Nullable
    Double ratio;

    @Nullable
    BigDecimal share;

    @Nullable
    BigDecimal weight;

    @Nullable
    BigDecimal amount;

    @Column(insertable = false)
    @Nullable
    String state;

    int size;

    @Generated
    @Column(insertable = false, updatable = false)
    @Nullable
    Integer doubled;

    @Formula("size + 1")
    int next;

    @CreationTimestamp
    @Nullable
    Instant made;

    @UpdateTimestamp
    @Nullable
    Instant touched;

    @CreatedAt
    @Column(name = "created_at", nullable = false)
    @Nullable
    Instant createdAt;

    @UpdatedAt
    @Column(name = "updated_at", nullable = false)
    @Nullable
    Instant updatedAt;

    /** Creates one as an application does. */
    public static Ledger of(String id, String title, Instant at) {
        Ledger made = new Ledger();
        made.id = id;
        made.project = "p";
        made.title = title;
        made.createdAt = at;
        made.updatedAt = at;
        return made;
    }

    /** Changes one as an application does. */
    public void retitle(String other) {
        title = other;
    }

    @PrePersist
    @PreUpdate
    void slug() {
        slug = title == null ? null : title.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
