package dev.lockstep.odd.shapes;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Its id has a class, and consists of a relation and a date. */
@Entity(name = "OddReading")
@Table(name = "odd_readings")
@SyncCollection("readings")
@IdClass(Reading.Key.class)
public class Reading {
    /** The id in Java. */
    public static class Key {
        @Nullable
        String gauge;

        @Nullable
        LocalDate day;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Objects.equals(gauge, key.gauge) && Objects.equals(day, key.day);
        }

        @Override
        public int hashCode() {
            return Objects.hash(gauge, day);
        }
    }

    @Id
    @ManyToOne
    @JoinColumn(name = "gauge_id")
    @Nullable
    Gauge gauge;

    @Id
    @Column(name = "on_day")
    @Nullable
    LocalDate day;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Column(name = "measured")
    @Nullable
    Integer measured;
}
