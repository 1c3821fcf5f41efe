package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.DayOfWeek;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An array of enums by name, and the same as JSON. */
@Entity(name = "WorkshopPalette")
@Table(name = "workshop_palettes")
@SyncCollection("palettes")
public class Palette {
    @Id
    @Nullable
    String id;

    @Enumerated(EnumType.STRING)
    @Column(name = "open_on")
    DayOfWeek @Nullable [] openOn;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "closed_on")
    @Nullable
    List<DayOfWeek> closedOn;
}
