package dev.lockstep.sample.shape;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.sample.shape.Shape.Step;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of several classes: in one table, in joined tables, in a table for each class. */
public final class InheritanceShapes {
    private InheritanceShapes() {}

    /** Rows of one table, whose classes are named by a stated column and stated values. */
    @Entity(name = "ShapeVehicle")
    @Table(name = "shape_vehicles")
    @DiscriminatorColumn(name = "kind")
    @SyncCollection(value = "vehicles", clientIds = true)
    public abstract static class Vehicle extends Shaped {
        @Id
        @Nullable
        String id;
    }

    /** Fields of some of them. */
    @MappedSuperclass
    public abstract static class Motorized extends Vehicle {
        @Nullable
        Integer power;
    }

    /** One with a primitive, which rows of other classes do not have. */
    @Entity(name = "ShapeCar")
    @DiscriminatorValue("car")
    public static class Car extends Motorized {
        int doors;

        @Size(max = 3)
        @Nullable
        String plate;
    }

    /** One with names that differ in Java, on the wire and in the table. */
    @Entity(name = "ShapeBus")
    @DiscriminatorValue("bus")
    public static class Bus extends Motorized {
        @NotNull
        @SuppressWarnings("MultipleNullnessAnnotations") // an entity that is being read has none yet
        @Nullable
        Integer seats;

        @JsonbProperty("busPlate")
        @Column(name = "bus_plate")
        @Nullable
        String signage;
    }

    /** Rows of joined tables; a row may be of the entity itself. */
    @Entity(name = "ShapePerson")
    @Table(name = "shape_persons")
    @Inheritance(strategy = InheritanceType.JOINED)
    @SyncCollection(value = "persons", clientIds = true)
    public static class Person extends Shaped {
        @Id
        @Nullable
        String id;
    }

    /** A person with a table of her own. */
    @Entity(name = "ShapeDriver")
    @Table(name = "shape_drivers")
    public static class Driver extends Person {
        @Nullable
        String licence;
    }

    /** Rows of a table for each class. */
    @Entity(name = "ShapePlace")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    @SyncCollection(value = "places", clientIds = true)
    public abstract static class Place extends Shaped {
        @Id
        @Nullable
        String id;
    }

    /** A place with a table of its own. */
    @Entity(name = "ShapeStop")
    @Table(name = "shape_stops")
    public static class Stop extends Place {
        @Nullable
        Integer line;
    }

    /** Another one. */
    @Entity(name = "ShapeGarage")
    @Table(name = "shape_garages")
    public static class Garage extends Place {
        boolean heated;
    }

    public static Stream<Shape> all() {
        return Stream.of(
                vehicles(
                        "car",
                        Step.of("type", "bus", "kind", "car", "title", "a", "doors", 3L, "power", 50L, "seats", 9L)
                                .shows(
                                        "{\"id\":\"v\",\"kind\":\"car\",\"room\":\"p1\",\"title\":\"a\",",
                                        "\"doors\":3",
                                        "\"power\":50")
                                .hides("seats", "busPlate", "type")
                                .stores("kind", "car")),
                vehicles(
                        "bus",
                        Step.of("kind", "bus", "seats", 40L, "busPlate", "long enough", "doors", 9L)
                                .shows(
                                        "\"kind\":\"bus\"",
                                        "\"seats\":40",
                                        "\"busPlate\":\"long enough\"",
                                        "\"power\":null")
                                .hides("doors", "plate")
                                .stores("bus_plate", "long enough")),
                persons(),
                places());
    }

    private static Shape vehicles(String kind, Step inserted) {
        return Shape.of("one table: a " + kind, "vehicles", Vehicle.class, inserted)
                .with(Car.class)
                .with(Bus.class)
                .sql(
                        "create table shape_vehicles (id varchar(255) primary key, kind varchar(31) not null, room"
                                + " varchar(64) not null, title varchar(200), power integer, doors integer, plate"
                                + " varchar(9), seats integer, bus_plate varchar(20))",
                        "drop table if exists shape_vehicles cascade")
                .chosen("v")
                .then(Step.of("kind", "other", "power", 7L, "doors", 4L)
                        .shows("\"kind\":\"" + kind + "\"", "\"power\":7"))
                .then(Step.of("power", null, "title", "b").shows("\"power\":null", "\"title\":\"b\""));
    }

    private static Shape persons() {
        return Shape.of(
                        "joined tables",
                        "persons",
                        Person.class,
                        Step.of("type", "ShapeDriver", "title", "a", "licence", "B")
                                .shows("\"type\":\"ShapeDriver\"", "\"licence\":\"B\""))
                .with(Driver.class)
                .sql(
                        "create table shape_persons (id varchar(255) primary key, room varchar(64) not null, title"
                                + " varchar(200))",
                        "drop table if exists shape_persons cascade")
                .sql(
                        "create table shape_drivers (id varchar(255) primary key references shape_persons, licence"
                                + " varchar(9))",
                        "drop table if exists shape_drivers cascade")
                .chosen("d")
                .then(Step.of("licence", "C")
                        .shows("\"licence\":\"C\"", "\"title\":\"a\"")
                        .stores("(select licence from shape_drivers)", "C"))
                .then(Step.of("licence", null, "title", "b").shows("\"licence\":null", "\"title\":\"b\""));
    }

    private static Shape places() {
        return Shape.of(
                        "a table for each class",
                        "places",
                        Place.class,
                        Step.of("type", "ShapeStop", "line", 4L)
                                .shows("\"type\":\"ShapeStop\"", "\"line\":4")
                                .hides("heated"))
                .with(Stop.class)
                .with(Garage.class)
                .sql(
                        "create table shape_stops (id varchar(255) primary key, room varchar(64) not null, title"
                                + " varchar(200), line integer)",
                        "drop table if exists shape_stops cascade")
                .sql(
                        "create table shape_garages (id varchar(255) primary key, room varchar(64) not null, title"
                                + " varchar(200), heated boolean)",
                        "drop table if exists shape_garages cascade")
                .chosen("s")
                .then(Step.of("title", "b").shows("\"line\":4", "\"title\":\"b\""))
                .then(Step.of("line", null).shows("\"line\":null"));
    }
}
