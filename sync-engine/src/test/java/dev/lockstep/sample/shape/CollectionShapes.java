package dev.lockstep.sample.shape;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.sample.shape.Shape.Step;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collections of values in tables of their own: of basic values and embeddables, with and without an order. */
public final class CollectionShapes {
    private CollectionShapes() {}

    /** An item with members. */
    @Embeddable
    public static class Stage {
        @Nullable
        String town;

        int days;
    }

    /** A row with collections of every kind. */
    @Entity(name = "ShapeTour")
    @Table(name = "shape_tours")
    @SyncCollection(value = "tours", clientIds = true)
    public static class Tour extends Shaped {
        @Id
        @Nullable
        String id;

        @ElementCollection
        @CollectionTable(name = "shape_tour_tags", joinColumns = @JoinColumn(name = "tour"))
        @Column(name = "tag")
        Set<String> tags = new HashSet<>();

        @ElementCollection(fetch = FetchType.EAGER)
        @CollectionTable(name = "shape_tour_days", joinColumns = @JoinColumn(name = "tour"))
        @Enumerated(EnumType.STRING)
        @Column(name = "on_day")
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);

        @ElementCollection
        @CollectionTable(name = "shape_tour_marks", joinColumns = @JoinColumn(name = "tour"))
        @Column(name = "mark")
        List<Integer> marks = new ArrayList<>();

        @ElementCollection
        @CollectionTable(name = "shape_tour_stages", joinColumns = @JoinColumn(name = "tour"))
        @OrderColumn(name = "place")
        @Size(max = 3)
        @JsonbProperty("route")
        @Nullable
        List<Stage> stages;

        @ElementCollection
        @CollectionTable(name = "shape_tour_stops", joinColumns = @JoinColumn(name = "tour"))
        @OrderBy("days desc, town")
        @Nullable
        List<Stage> stops;
    }

    public static Stream<Shape> all() {
        return Stream.of(tours());
    }

    private static Map<String, Object> stage(String town, long days) {
        return Map.of("town", town, "days", days);
    }

    private static Shape tours() {
        return Shape.of(
                        "collections in tables of their own",
                        "tours",
                        Tour.class,
                        Step.of(
                                        "title",
                                        "a",
                                        "tags",
                                        List.of("sea", "alps", "sea"),
                                        "days",
                                        List.of("SUNDAY", "MONDAY"),
                                        "marks",
                                        List.of(3L, 1L, 3L),
                                        "route",
                                        List.of(stage("Rome", 2), stage("Bari", 1), stage("Rome", 2)),
                                        "stops",
                                        List.of(stage("b", 1), stage("a", 1), stage("c", 2)))
                                .shows(
                                        "\"tags\":[\"alps\",\"sea\"]",
                                        "\"days\":[\"MONDAY\",\"SUNDAY\"]",
                                        "\"marks\":[1,3,3]",
                                        "\"route\":[{\"town\":\"Rome\",\"days\":2},{\"town\":\"Bari\",\"days\":1},"
                                                + "{\"town\":\"Rome\",\"days\":2}]",
                                        "\"stops\":[{\"town\":\"c\",\"days\":2},{\"town\":\"a\",\"days\":1},"
                                                + "{\"town\":\"b\",\"days\":1}]")
                                .stores("(select count(*) from shape_tour_marks)", "3")
                                .stores("(select town from shape_tour_stages where place = 1)", "Bari"))
                .sql(
                        "create table shape_tours (id varchar(255) primary key, room varchar(64) not null, title"
                                + " varchar(200))",
                        "drop table if exists shape_tours cascade")
                .sql(items("tags", "tag varchar(20) not null"), "drop table if exists shape_tour_tags")
                .sql(items("days", "on_day varchar(9) not null"), "drop table if exists shape_tour_days")
                .sql(items("marks", "mark integer not null"), "drop table if exists shape_tour_marks")
                .sql(
                        items("stages", "town varchar(20), days integer, place integer not null"),
                        "drop table if exists shape_tour_stages")
                .sql(items("stops", "town varchar(20), days integer"), "drop table if exists shape_tour_stops")
                .chosen("t")
                .then(Step.of("marks", List.of(2L))
                        .shows("\"marks\":[2]", "\"tags\":[\"alps\",\"sea\"]", "\"route\":[{\"town\":\"Rome\"")
                        .stores("(select count(*) from shape_tour_marks)", "1")
                        .stores("(select count(*) from shape_tour_tags)", "2"))
                .then(Step.of("tags", null, "days", List.of(), "route", List.of(stage("Oslo", 5)), "title", "b")
                        .shows("\"tags\":[]", "\"days\":[]", "\"route\":[{\"town\":\"Oslo\",\"days\":5}]")
                        .stores("(select count(*) from shape_tour_tags)", "0"));
    }

    private static String items(String name, String columns) {
        return "create table shape_tour_" + name + " (tour varchar(255) not null references shape_tours, " + columns
                + ")";
    }
}
