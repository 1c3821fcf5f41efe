package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.SendAs;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.odd.shapes.ShapedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.sql.Timestamp;
import java.time.ZonedDateTime;
import java.util.Calendar;
import org.hibernate.annotations.TimeZoneColumn;
import org.hibernate.annotations.TimeZoneStorage;
import org.hibernate.annotations.TimeZoneStorageType;
import org.jspecify.annotations.Nullable;

/** Times of older classes and with a zone, a character, an enum with a converter of its own, a number sent as a text. */
@Entity(name = "OddSignal")
@Table(name = "odd_signals")
@SyncCollection(value = "signals", clientIds = true)
public class Signal extends ShapedRow {
    @Nullable
    Timestamp marked;

    @Nullable
    Calendar called;

    @Nullable
    ZonedDateTime meets;

    @TimeZoneStorage(TimeZoneStorageType.COLUMN)
    @TimeZoneColumn(name = "departs_offset")
    @Nullable
    ZonedDateTime departs;

    char letter = 'a';

    @Nullable
    Grade grade;

    @SendAs(SendAs.Form.TEXT)
    @Column(name = "serial_number")
    @Nullable
    Long serial;
}
