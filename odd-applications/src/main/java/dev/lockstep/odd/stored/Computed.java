package dev.lockstep.odd.stored;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.Writable;
import dev.lockstep.api.entity.Writable.When;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PrePersist;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.Generated;
import org.hibernate.generator.EventType;
import org.jspecify.annotations.Nullable;

/** Values that a callback, the persistence provider, a default and the database itself give. */
@Entity(name = "OddComputed")
@Table(name = "odd_computed")
@SyncCollection(value = "computed", clientIds = true)
public class Computed {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Size(max = 50)
    @Column(nullable = false)
    String name = "";

    @Writable(When.NEVER)
    @Nullable
    String slug;

    @CreationTimestamp
    @Writable(When.NEVER)
    @Nullable
    Instant made;

    @Generated(event = EventType.INSERT)
    @Writable(When.NEVER)
    @Column(insertable = false, updatable = false)
    @Nullable
    String origin;

    @Generated(event = {EventType.INSERT, EventType.UPDATE})
    @Writable(When.NEVER)
    @Column(name = "name_length", insertable = false, updatable = false)
    @Nullable
    Integer nameLength;

    @PrePersist
    void makeSlug() {
        slug = "slug-" + name;
    }
}
