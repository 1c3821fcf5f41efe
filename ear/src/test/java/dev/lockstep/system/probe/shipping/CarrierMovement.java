package dev.lockstep.system.probe.shipping;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A part of a voyage, from one port to another. */
@Entity
@Table(name = "shipping_movements")
@SyncCollection("movements")
public class CarrierMovement {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    @RoomColumn
    @ManyToOne(optional = false, fetch = FetchType.LAZY)
    @Nullable
    Voyage voyage;

    @ManyToOne
    @Nullable
    Port departure;

    @ManyToOne(fetch = FetchType.LAZY)
    @Nullable
    Port arrival;

    @Embedded
    @Nullable
    Schedule schedule;
}
