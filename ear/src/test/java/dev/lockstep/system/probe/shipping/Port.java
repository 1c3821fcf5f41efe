package dev.lockstep.system.probe.shipping;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.HashSet;
import java.util.Set;
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

    /** In a table of its own. */
    @ElementCollection
    @CollectionTable(name = "shipping_port_aliases")
    @Column(name = "alias")
    Set<String> aliases = new HashSet<>();
}
