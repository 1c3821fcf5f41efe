package dev.lockstep.system.probe.shipping;

import dev.lockstep.api.entity.Filterable;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A step of a cargo on its way. */
@Entity
@Table(name = "shipping_events")
@SyncCollection("events")
public class HandlingEvent {
    /** The kind of an event. */
    public enum Kind {
        RECEIVE,
        LOAD,
        UNLOAD,
        CLAIM
    }

    @Id
    @GeneratedValue(generator = "events")
    @SequenceGenerator(name = "events", sequenceName = "shipping_event_seq")
    @Nullable
    Long id;

    @RoomColumn
    @Column(nullable = false)
    String shipper = "";

    @Filterable
    @ManyToOne(optional = false, fetch = FetchType.LAZY)
    @Nullable
    Cargo cargo;

    @ManyToOne
    @Nullable
    Voyage voyage;

    @NotNull
    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    Kind kind = Kind.RECEIVE;

    @Column(name = "completed_at")
    @Nullable
    Instant completedAt;
}
