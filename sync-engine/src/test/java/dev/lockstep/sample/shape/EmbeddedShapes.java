package dev.lockstep.sample.shape;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.Writable;
import dev.lockstep.sample.shape.Shape.Step;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToOne;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Embeddables within embeddables, and columns that overrides, converters and relations change. */
public final class EmbeddedShapes {
    private static final String TEXT = " varchar(20)";

    private EmbeddedShapes() {}

    /** A record within others. */
    @Embeddable
    public record Code(@Nullable String code, @Nullable Integer plus) {}

    /** A class with a record. */
    @Embeddable
    static class Home {
        @Nullable
        String street;

        @Embedded
        @Nullable
        Code zip;
    }

    /** A record with a record. */
    @Embeddable
    record Birth(@Nullable String place, @Nullable Code at) {}

    /** The same class twice, and a record with a record. */
    @Entity(name = "ShapeNested")
    @Table(name = "shape_nested")
    @SyncCollection(value = "nested", clientIds = true)
    static class Nested extends Shaped {
        @Id
        @Nullable
        String id;

        @Embedded
        @Nullable
        Home home;

        @Embedded
        @AttributeOverride(name = "street", column = @Column(name = "work_street"))
        @AttributeOverride(name = "zip.code", column = @Column(name = "work_code"))
        @AttributeOverride(name = "zip.plus", column = @Column(name = "work_plus"))
        @Nullable
        Home work;

        @Embedded
        @AttributeOverride(name = "at.code", column = @Column(name = "born_code"))
        @AttributeOverride(name = "at.plus", column = @Column(name = "born_plus"))
        @Nullable
        Birth born;
    }

    /** Stores texts in upper case. */
    public static class Upper implements AttributeConverter<@Nullable String, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable String text) {
            return text == null ? null : text.toUpperCase(Locale.ROOT);
        }

        @Override
        public @Nullable String convertToEntityAttribute(@Nullable String text) {
            return text;
        }
    }

    /** A member with a converter. */
    @Embeddable
    static class Name {
        @Convert(converter = Upper.class)
        @Nullable
        String last;

        @Nullable
        String first;
    }

    /** A member that gets a converter where it is embedded. */
    @Embeddable
    static class Plain {
        @Nullable
        String family;

        @Nullable
        String given;
    }

    /** Members that inserts or updates leave out. */
    @Embeddable
    static class Partly {
        @Column(insertable = false)
        @Nullable
        String later;

        @Column(updatable = false)
        @Nullable
        String once;

        @Nullable
        String always;
    }

    /** Values that converters and columns change. */
    @Entity(name = "ShapeConverted")
    @Table(name = "shape_converted")
    @SyncCollection(value = "converted", clientIds = true)
    @Convert(attributeName = "title", converter = Upper.class)
    static class Converted extends Shaped {
        @Id
        @Nullable
        String id;

        @Embedded
        @Nullable
        Name name;

        @Embedded
        @Convert(attributeName = "family", converter = Upper.class)
        @AttributeOverride(name = "given", column = @Column(name = "given", insertable = false, updatable = false))
        @Nullable
        Plain plain;

        @Embedded
        @Nullable
        Partly partly;
    }

    /** Stores whole tens. No annotation of a field names it. */
    @Converter(autoApply = true)
    public static class Tens implements AttributeConverter<@Nullable Integer, @Nullable Integer> {
        @Override
        public @Nullable Integer convertToDatabaseColumn(@Nullable Integer number) {
            return number == null ? null : number / 10 * 10;
        }

        @Override
        public @Nullable Integer convertToEntityAttribute(@Nullable Integer number) {
            return number;
        }
    }

    /** Numbers, one of them within an embeddable, that a converter changes by itself. */
    @Entity(name = "ShapeRounded")
    @Table(name = "shape_rounded")
    @SyncCollection(value = "rounded", clientIds = true)
    static class Rounded extends Shaped {
        @Id
        @Nullable
        String id;

        @Nullable
        Integer amount;

        @Embedded
        @Nullable
        Code at;
    }

    /** Rows of joined tables, which refer to rows of the same hierarchy and others. */
    @Entity(name = "ShapeAsset")
    @Table(name = "shape_assets")
    @Inheritance(strategy = InheritanceType.JOINED)
    @SyncCollection(value = "assets", clientIds = true)
    abstract static class Asset extends Shaped {
        @Id
        @Nullable
        String id;

        @ManyToOne
        @Nullable
        Asset parent;
    }

    /** A subclass with a relation and an embeddable. */
    @Entity(name = "ShapeMachine")
    @Table(name = "shape_machines")
    static class Machine extends Asset {
        @ManyToOne
        @Nullable
        Asset spare;

        @Embedded
        @Nullable
        Home home;
    }

    /** A row with a column in a second table. */
    @Entity(name = "ShapeDetailed")
    @Table(name = "shape_detailed")
    @SecondaryTable(name = "shape_details")
    @SyncCollection(value = "detailed", clientIds = true)
    static class Detailed extends Shaped {
        @Id
        @Nullable
        String id;

        @Column(table = "shape_details")
        @Nullable
        String detail;
    }

    /** The id of a row is that of another one: the cure for {@code @MapsId}. */
    @Entity(name = "ShapeInsurance")
    @Table(name = "shape_insurances")
    @SyncCollection(value = "insurances", clientIds = true)
    static class Insurance extends Shaped {
        @Id
        @Nullable
        String id;

        @OneToOne
        @JoinColumn(name = "id", insertable = false, updatable = false)
        @Writable(Writable.When.NEVER)
        @Nullable
        Detailed insured;
    }

    public static Stream<Shape> all() {
        return Stream.of(nested(), converted(), rounded(), joined(), detailed(), insured());
    }

    private static Step nothing(String name) {
        return Step.of(name, null);
    }

    private static Shape nested() {
        return Shape.of(
                        "embeddables within embeddables",
                        "nested",
                        Nested.class,
                        Step.of("home", Map.of("street", "s", "zip", Map.of("code", "c")), "born", Map.of("place", "p"))
                                .shows(
                                        "\"home\":{\"street\":\"s\",\"zip\":{\"code\":\"c\",\"plus\":null}}",
                                        "\"work\":null",
                                        "\"born\":{\"place\":\"p\",\"at\":null}"))
                .columns("id varchar(20) primary key, street" + TEXT + ", code" + TEXT + ", plus integer, work_street"
                        + TEXT + ", work_code" + TEXT + ", work_plus integer, place" + TEXT + ", born_code" + TEXT
                        + ", born_plus integer")
                .chosen("x")
                .then(Step.of(
                                "home", Map.of("zip", Map.of("plus", 7L)),
                                "work", Map.of("zip", Map.of("code", "w")),
                                "born", Map.of("at", Map.of("plus", 4L)))
                        .shows(
                                "\"home\":{\"street\":\"s\",\"zip\":{\"code\":\"c\",\"plus\":7}}",
                                "\"work\":{\"street\":null,\"zip\":{\"code\":\"w\",\"plus\":null}}",
                                "\"born\":{\"place\":\"p\",\"at\":{\"code\":null,\"plus\":4}}")
                        .stores("plus", "7")
                        .stores("work_code", "w")
                        .stores("born_plus", "4"))
                .then(Step.of("home", Collections.singletonMap("zip", null))
                        .shows("\"home\":{\"street\":\"s\",\"zip\":null}")
                        .stores("code", "null"))
                .then(nothing("home").shows("\"home\":null").stores("street", "null"));
    }

    private static Shape converted() {
        return Shape.of(
                        "columns that converters and overrides change",
                        "converted",
                        Converted.class,
                        Step.of(
                                        "title", "a",
                                        "name", Map.of("last", "b", "first", "c"),
                                        "plain", Map.of("family", "d", "given", "e"),
                                        "partly", Map.of("later", "f", "once", "g", "always", "h"))
                                .shows(
                                        "\"title\":\"A\"",
                                        "\"name\":{\"last\":\"B\",\"first\":\"c\"}",
                                        "\"plain\":{\"family\":\"D\",\"given\":null}",
                                        "\"partly\":{\"later\":null,\"once\":\"g\",\"always\":\"h\"}")
                                .stores("last", "B"))
                .columns("id varchar(20) primary key, last" + TEXT + ", first" + TEXT + ", family" + TEXT + ", given"
                        + TEXT + ", later" + TEXT + ", once" + TEXT + ", always" + TEXT)
                .chosen("x")
                .then(Step.of("name", Map.of("last", "x"), "partly", Map.of("later", "y", "once", "z"))
                        .shows(
                                "\"name\":{\"last\":\"X\",\"first\":\"c\"}",
                                "\"partly\":{\"later\":\"y\",\"once\":\"g\",\"always\":\"h\"}")
                        .stores("once", "g"));
    }

    private static Shape rounded() {
        return Shape.of(
                        "a converter that applies itself",
                        "rounded",
                        Rounded.class,
                        Step.of("amount", 17L, "at", Map.of("code", "c", "plus", 25L))
                                .shows("\"amount\":10", "\"at\":{\"code\":\"c\",\"plus\":20}")
                                .stores("amount", "10"))
                .columns("id varchar(20) primary key, amount integer, code" + TEXT + ", plus integer")
                .with(Tens.class)
                .chosen("x")
                .then(Step.of("amount", 39L).shows("\"amount\":30").stores("amount", "30"));
    }

    private static Shape joined() {
        return Shape.of(
                        "joined tables with relations",
                        "assets",
                        Asset.class,
                        Step.of("type", "ShapeMachine", "home", Map.of("street", "s"))
                                .shows("\"spare\":null", "\"parent\":null", "\"street\":\"s\""))
                .columns("id varchar(20) primary key, parent_id varchar(20) references shape_assets")
                .sql(
                        "create table shape_machines (id varchar(20) primary key references shape_assets, spare_id"
                                + " varchar(20) references shape_assets, street varchar(20), code varchar(20), plus"
                                + " integer)",
                        "drop table if exists shape_machines cascade")
                .with(Machine.class)
                .chosen("x")
                .then(Step.of("spare", "x", "parent", "x").shows("\"spare\":\"x\"", "\"parent\":\"x\""))
                .then(Step.of("spare", null, "parent", null, "home", Map.of("street", "t"))
                        .shows("\"spare\":null", "\"parent\":null", "\"street\":\"t\""));
    }

    private static Shape detailed() {
        return details(Shape.of(
                                "a column in a second table",
                                "detailed",
                                Detailed.class,
                                Step.of("detail", "d").shows("\"detail\":\"d\""))
                        .columns("id varchar(20) primary key"))
                .chosen("x")
                .then(nothing("detail").shows("\"detail\":null"))
                .then(Step.of("detail", "e").shows("\"detail\":\"e\""));
    }

    private static Shape details(Shape shape) {
        return shape.sql(
                "create table shape_details (id varchar(20) primary key references shape_detailed, detail varchar(20))",
                "drop table if exists shape_details cascade");
    }

    private static Shape insured() {
        return details(Shape.of(
                                "the id of another row as the id",
                                "insurances",
                                Insurance.class,
                                Step.of("title", "a").shows("\"id\":\"x\"", "\"insured\":\"x\""))
                        .sql(
                                "create table shape_detailed (id varchar(20) primary key, room varchar(64) not null,"
                                        + " title varchar(200))",
                                "drop table if exists shape_detailed cascade")
                        .sql("insert into shape_detailed values ('x', 'p1', 'd')", "select 1")
                        .columns("id varchar(20) primary key references shape_detailed"))
                .with(Detailed.class)
                .chosen("x")
                .then(Step.of("title", "b").shows("\"insured\":\"x\"", "\"title\":\"b\""));
    }
}
