package dev.lockstep.system.probe.shipping;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A port, known by its code. All rooms share the ports. */
@Entity
@Table(name = "shipping_ports")
@SyncCollection(value = "ports", clientIds = true)
public class Port {
    @Id
    @Nullable
    String code;

    @Nullable
    String name;
}
