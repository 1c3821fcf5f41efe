package dev.lockstep.system.probe.shipping;

import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A cargo of a shipper, whose room has it. */
@Entity
@Table(name = "shipping_cargos")
@SyncCollection("cargos")
public class Cargo {
    @Id
    @Nullable
    UUID id;

    @RoomColumn
    @Column(nullable = false)
    String shipper = "";

    @ManyToOne(optional = false)
    @Nullable
    Port origin;

    @Embedded
    @Nullable
    RouteSpecification route;

    @CreatedAt
    @Column(name = "booked_at")
    @Nullable
    Instant bookedAt;

    @Version
    @Nullable
    Long version;
}
