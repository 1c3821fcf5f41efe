package dev.lockstep.odd.shapes;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times, places, and a value class. */
@Entity(name = "OddSpan")
@Table(name = "odd_spans")
@SyncCollection(value = "spans", clientIds = true)
public class Span extends ShapedRow {
    @Column(name = "at_time")
    @Nullable
    LocalTime time;

    @Nullable
    Duration lasts;

    @Nullable
    Year built;

    @Nullable
    ZoneId zone;

    @Column(name = "zone_offset")
    @Nullable
    ZoneOffset offset;

    @Nullable
    OffsetDateTime met;

    @Nullable
    Date made;

    @Nullable
    Byte level;

    @Nullable
    Character mark;

    @Nullable
    Currency currency;

    @Nullable
    Locale language;

    @Convert(converter = Weight.Stored.class)
    @Nullable
    Weight weight;
}
