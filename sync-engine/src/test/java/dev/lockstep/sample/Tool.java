package dev.lockstep.sample;

import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncCollection.Direction;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Single-tenant collection, deleted for good, with the server's ids, ordered by name. */
@Entity(name = "WorkshopTool")
@Table(name = "workshop_tools")
@SyncCollection(value = "tools", orderBy = "name", direction = Direction.ASCENDING)
@JsonbPropertyOrder({"name", "id", "serial", "weight", "createdAt"})
public class Tool {
    @Id
    @Nullable
    String id;

    @Column(nullable = false)
    @Nullable
    String name;

    @Nullable
    String serial;

    @Column(precision = 12, scale = 3)
    @Nullable
    BigDecimal weight;

    @CreatedAt
    @Column(name = "created_at")
    @Nullable
    Instant createdAt;
}
