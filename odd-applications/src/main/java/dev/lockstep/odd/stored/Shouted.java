package dev.lockstep.odd.stored;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** On PostgreSQL a trigger converts its name to upper case, and its settings are in a column of jsonb. */
@Entity(name = "OddShouted")
@Table(name = "odd_shouted")
@SyncCollection(value = "shouted", clientIds = true)
public class Shouted {
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

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String settings;
}
