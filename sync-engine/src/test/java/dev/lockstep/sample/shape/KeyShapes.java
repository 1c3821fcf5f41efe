package dev.lockstep.sample.shape;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.DeletedAt;
import dev.lockstep.api.entity.Filterable;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.Sortable;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.sample.shape.Shape.Step;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ids of several columns: embedded and by classes, with parts of all types, a relation and a room among them. */
public final class KeyShapes {
    private KeyShapes() {}

    enum Mode {
        RAIL,
        SEA
    }

    @Embeddable
    static class LegKey {
        @Nullable
        String voyage;

        @Column(name = "leg_number")
        @Nullable
        Long number;

        @Enumerated(EnumType.STRING)
        @Nullable
        Mode mode;

        @Nullable
        LocalDate started;

        @Nullable
        UUID carrier;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof LegKey key
                    && Objects.equals(voyage, key.voyage)
                    && Objects.equals(number, key.number)
                    && mode == key.mode
                    && Objects.equals(started, key.started)
                    && Objects.equals(carrier, key.carrier);
        }

        @Override
        public int hashCode() {
            return Objects.hash(voyage, number, mode, started, carrier);
        }
    }

    /** A part of each type. */
    @Entity(name = "ShapeLeg")
    @Table(name = "shape_legs")
    @SyncCollection("legs")
    static class Leg extends Shaped {
        @EmbeddedId
        @Nullable
        LegKey key;
    }

    @Embeddable
    record SeatKey(String car, int number) {}

    /** A record, and items in a table of their own. */
    @Entity(name = "ShapeSeat")
    @Table(name = "shape_seats")
    @SyncCollection("seats")
    public static class Seat extends Shaped {
        @EmbeddedId
        @AttributeOverride(name = "car", column = @Column(name = "car_name"))
        @Nullable
        SeatKey id;

        @ElementCollection
        List<String> tags = new ArrayList<>();
    }

    static class LineKey {
        @Nullable
        String invoice;

        short number;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof LineKey key && Objects.equals(invoice, key.invoice) && number == key.number;
        }

        @Override
        public int hashCode() {
            return Objects.hash(invoice, number);
        }
    }

    /** Soft deletes, a version, a unique value, a filter and an order. */
    @Entity(name = "ShapeLine")
    @Table(name = "shape_lines")
    @SyncCollection("lines")
    @IdClass(LineKey.class)
    public static class Line extends Shaped {
        @Id
        @Filterable
        @Size(max = 20)
        @Nullable
        String invoice;

        @Id
        @Column(name = "line_number")
        @Sortable
        short number;

        @Nullable
        String place;

        @Version
        long version;

        @CreatedAt
        @Nullable
        Instant createdAt;

        @DeletedAt
        @Nullable
        Instant deletedAt;
    }

    static class BookingKey {
        @Nullable
        Long team;

        @Nullable
        String room;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof BookingKey key && Objects.equals(team, key.team) && Objects.equals(room, key.room);
        }

        @Override
        public int hashCode() {
            return Objects.hash(team, room);
        }
    }

    /** A relation and the room. */
    @Entity(name = "ShapeBooking")
    @Table(name = "shape_bookings")
    @SyncCollection("bookings")
    @IdClass(BookingKey.class)
    public static class Booking {
        @Id
        @ManyToOne(fetch = FetchType.LAZY)
        @BelongsTo(value = RelationShapes.Team.class, onDelete = BelongsTo.OnDelete.DELETE)
        RelationShapes.@Nullable Team team;

        @Id
        @RoomColumn
        @Nullable
        String room;

        @Nullable
        String title;
    }

    static class BerthKey {
        private @Nullable String ship;
        private byte number;

        public @Nullable String getShip() {
            return ship;
        }

        public void setShip(@Nullable String ship) {
            this.ship = ship;
        }

        public byte getNumber() {
            return number;
        }

        public void setNumber(byte number) {
            this.number = number;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof BerthKey key && Objects.equals(ship, key.ship) && number == key.number;
        }

        @Override
        public int hashCode() {
            return Objects.hash(ship, number);
        }
    }

    /** Getters instead of fields. */
    @Entity(name = "ShapeBerth")
    @Table(name = "shape_berths")
    @SyncCollection("berths")
    @IdClass(BerthKey.class)
    static class Berth {
        private @Nullable String ship;
        private byte number;
        private @Nullable String room;
        private @Nullable String title;

        @Id
        public @Nullable String getShip() {
            return ship;
        }

        public void setShip(@Nullable String ship) {
            this.ship = ship;
        }

        @Id
        public byte getNumber() {
            return number;
        }

        public void setNumber(byte number) {
            this.number = number;
        }

        @RoomColumn
        public @Nullable String getRoom() {
            return room;
        }

        public void setRoom(@Nullable String room) {
            this.room = room;
        }

        public @Nullable String getTitle() {
            return title;
        }

        public void setTitle(@Nullable String title) {
            this.title = title;
        }
    }

    /** Lines of invoices, with places that only one line may have. */
    public static Shape lines() {
        return Shape.of(
                        "an @IdClass with soft deletes and a version",
                        "lines",
                        Line.class,
                        Step.of("invoice", "A/1", "number", 2L, "title", "a")
                                .shows("\"invoice\":\"A/1\"", "\"number\":2", "\"version\":0", "\"title\":\"a\"")
                                .stores("line_number", "2"))
                .columns("invoice varchar(20), line_number smallint, place varchar(20) unique, version bigint not null,"
                        + " createdAt timestamp(6) with time zone, deletedAt timestamp(6) with time zone,"
                        + " primary key (invoice, line_number)")
                .chosen("A!2F1~2")
                .then(Step.of("title", "b", "number", 2L).shows("\"title\":\"b\"", "\"version\":1"))
                .then(Step.of("title", null).shows("\"title\":null", "\"invoice\":\"A/1\""));
    }

    /** Seats with tags. */
    public static Shape seats() {
        return Shape.of(
                        "an embedded record, with items",
                        "seats",
                        Seat.class,
                        Step.of("title", "a", "tags", List.of("x", "y"))
                                .shows("\"car\":\"1 ä\"", "\"number\":-7", "\"tags\":[\"x\",\"y\"]")
                                .stores("car_name", "1 ä"))
                .columns("car_name varchar(20), number integer, primary key (car_name, number)")
                .sql(
                        "create table ShapeSeat_tags (ShapeSeat_car_name varchar(20) not null,"
                                + " ShapeSeat_number integer not null, tags varchar(20))",
                        "drop table if exists ShapeSeat_tags")
                .chosen("1!20!C3!A4~-7")
                .then(Step.of("title", "b").shows("\"title\":\"b\"", "\"tags\":[\"x\",\"y\"]"))
                .then(Step.of("tags", List.of()).shows("\"tags\":[]", "\"car\":\"1 ä\""));
    }

    /** Bookings of teams. */
    public static Shape bookings() {
        return Shape.of(
                        "an @IdClass of a relation and the room",
                        "bookings",
                        Booking.class,
                        Step.of("team", RelationShapes.TEAM, "title", "a")
                                .shows("\"team\":\"7\"", "\"room\":\"p1\"", "\"title\":\"a\"")
                                .stores("team_id", "7"))
                .with(RelationShapes.Team.class)
                .with(RelationShapes.Player.class)
                .with(RelationShapes.Label.class)
                .sql(
                        "create table shape_bookings (team_id bigint references shape_teams, room varchar(64),"
                                + " title varchar(200), primary key (team_id, room))",
                        "drop table if exists shape_bookings")
                .chosen("7~p1")
                .then(Step.of("title", "b", "team", RelationShapes.TEAM).shows("\"title\":\"b\"", "\"team\":\"7\""));
    }

    public static Stream<Shape> all() {
        Shape players = RelationShapes.players();
        Shape bookings = bookings();
        List<String> before = new ArrayList<>(players.before());
        before.addAll(bookings.before());
        List<String> after = new ArrayList<>(bookings.after());
        after.addAll(players.after());
        return Stream.of(
                Shape.of(
                                "an embedded id with a part of each type",
                                "legs",
                                Leg.class,
                                Step.of("title", "a")
                                        .shows(
                                                "\"voyage\":\"~!\"",
                                                "\"number\":9007199254740993",
                                                "\"mode\":\"SEA\"",
                                                "\"started\":\"2026-11-30\"",
                                                "\"carrier\":\"0192f1c0-7d1e-7b1a-9c3e-2f6a5d4b3c21\"")
                                        .stores("voyage", "~!")
                                        .stores("leg_number", "9007199254740993"))
                        .columns("voyage varchar(20), leg_number bigint, mode varchar(10), started date, carrier uuid,"
                                + " primary key (voyage, leg_number, mode, started, carrier)")
                        .chosen("!7E!21~9007199254740993~SEA~2026-11-30~0192f1c0-7d1e-7b1a-9c3e-2f6a5d4b3c21")
                        .then(Step.of("title", "b", "mode", "SEA")
                                .shows("\"title\":\"b\"")
                                .stores("title", "b"))
                        .then(Step.of("title", null).shows("\"title\":null", "\"mode\":\"SEA\"")),
                seats(),
                lines(),
                Shape.of(
                                "an @IdClass with getters",
                                "berths",
                                Berth.class,
                                Step.of("ship", "", "number", 1L, "title", "a").shows("\"ship\":\"\"", "\"number\":1"))
                        .columns("ship varchar(20), number smallint, primary key (ship, number)")
                        .chosen("!~1")
                        .then(Step.of("title", "b").shows("\"title\":\"b\"", "\"ship\":\"\"")),
                new Shape(
                        bookings.name(),
                        bookings.collection(),
                        bookings.entities(),
                        before,
                        after,
                        bookings.chosenId(),
                        bookings.inserted(),
                        bookings.steps()));
    }
}
