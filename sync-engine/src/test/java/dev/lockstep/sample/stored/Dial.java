package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Days and times of all types. */
@Entity(name = "WorkshopDial")
@Table(name = "workshop_dials")
@SyncCollection(value = "dials", clientIds = true)
public class Dial {
    public static final String TABLE = "create table workshop_dials (id varchar(255) primary key, on_day date, by_clock"
            + " timestamp(6), each_day time(6), at_moment timestamp(6) with time zone, plain_moment timestamp(6), there"
            + " timestamp(6) with time zone)";

    @Id
    @Nullable
    String id;

    @Column(name = "on_day")
    @Nullable
    LocalDate onDay;

    @Column(name = "by_clock")
    @Nullable
    LocalDateTime byClock;

    @Column(name = "each_day")
    @Nullable
    LocalTime eachDay;

    @Column(name = "at_moment")
    @Nullable
    Instant atMoment;

    @Column(name = "plain_moment")
    @Nullable
    Instant plainMoment;

    @Nullable
    OffsetDateTime there;
}
