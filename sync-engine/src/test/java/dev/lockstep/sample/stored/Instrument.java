package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import org.hibernate.annotations.TimeZoneColumn;
import org.hibernate.annotations.TimeZoneStorage;
import org.hibernate.annotations.TimeZoneStorageType;
import org.jspecify.annotations.Nullable;

/** Values of classes that an entity holds in another form than a row. */
@Entity(name = "WorkshopInstrument")
@Table(name = "workshop_instruments")
@SyncCollection(value = "instruments", clientIds = true)
public class Instrument {
    /** With the type of bytes. */
    public static final String TABLE = "create table workshop_instruments (id varchar(255) primary key,"
            + " at_date timestamp(6), lasts numeric(21), built integer,"
            + " zone varchar(60), zone_offset varchar(20), level smallint, flag char(1), photo %s, currency varchar(3),"
            + " language varchar(30), weight integer, until varchar(7), day_of_week varchar(9), ordinal smallint,"
            + " called timestamp(6), cost numeric(10, 2), factor real, scan %s,"
            + " meets timestamp(6) with time zone, departs timestamp(6) with time zone, departs_offset integer)";

    @Id
    @Nullable
    String id;

    @Nullable
    ZonedDateTime meets;

    @TimeZoneStorage(TimeZoneStorageType.COLUMN)
    @TimeZoneColumn(name = "departs_offset")
    @Nullable
    ZonedDateTime departs;

    @Column(name = "at_date")
    @Nullable
    Date atDate;

    @Nullable
    Duration lasts;

    @Nullable
    Year built;

    @Nullable
    ZoneId zone;

    @Column(name = "zone_offset")
    @Nullable
    ZoneOffset zoneOffset;

    @Nullable
    Byte level;

    @Nullable
    Character flag;

    byte @Nullable [] photo;

    @Nullable
    Currency currency;

    @Nullable
    Locale language;

    @Convert(converter = Grams.class)
    @Nullable
    Weight weight;

    @Convert(converter = Months.class)
    @Nullable
    YearMonth until;

    @Enumerated(EnumType.STRING)
    @Column(name = "day_of_week")
    @Nullable
    DayOfWeek dayOfWeek;

    @Nullable
    DayOfWeek ordinal;

    @Nullable
    Calendar called;

    @Nullable
    BigDecimal cost;

    @Nullable
    Float factor;

    @Lob
    byte @Nullable [] scan;

    /** A value class without a JSON form. */
    public record Weight(int grams) {
        public Weight {
            if (grams < 0) {
                throw new IllegalArgumentException("a weight is not negative");
            }
        }
    }

    /** Stores weights as numbers. */
    public static class Grams implements AttributeConverter<Weight, Integer> {
        @Override
        public @Nullable Integer convertToDatabaseColumn(@Nullable Weight weight) {
            return weight == null ? null : weight.grams();
        }

        @Override
        public @Nullable Weight convertToEntityAttribute(@Nullable Integer grams) {
            return grams == null ? null : new Weight(grams);
        }
    }

    /** Stores months as texts. */
    public static class Months implements AttributeConverter<YearMonth, String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable YearMonth month) {
            return month == null ? null : month.toString();
        }

        @Override
        public @Nullable YearMonth convertToEntityAttribute(@Nullable String month) {
            return month == null ? null : YearMonth.parse(month);
        }
    }
}
