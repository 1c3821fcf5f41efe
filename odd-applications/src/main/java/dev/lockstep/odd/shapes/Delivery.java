package dev.lockstep.odd.shapes;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

/** Values with members, and a version. */
@Entity(name = "OddDelivery")
@Table(name = "odd_deliveries")
@SyncCollection(value = "deliveries", clientIds = true)
public class Delivery extends ShapedRow {
    @Embedded
    @Valid
    @Nullable
    Address address;

    @Embedded
    @Nullable
    Period due;

    @Version
    int version;
}
