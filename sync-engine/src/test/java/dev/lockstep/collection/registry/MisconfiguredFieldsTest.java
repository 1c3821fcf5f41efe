package dev.lockstep.collection.registry;

import static dev.lockstep.collection.registry.Misconfigurations.assertWrong;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import dev.lockstep.api.entity.UpdatedAt;
import dev.lockstep.api.entity.Writable;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.mapping.Attributes;
import dev.lockstep.sample.odd.Unmarked;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetTime;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.NaturalId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Entities with fields that cannot be stored or sent, and the message of each. */
class MisconfiguredFieldsTest {
    @SyncCollection("things")
    static class LocalTimestamp {
        @Id
        @Nullable
        String id;

        @UpdatedAt
        @Nullable
        LocalDateTime updatedAt;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a timestamp without a time zone")
    void localTimestamp() {
        assertWrong(
                LocalTimestamp.class,
                "has the field 'updatedAt' of type LocalDateTime: as its @UpdatedAt it must be of type Instant.");
    }

    @SyncCollection("things")
    static class NumberRoom extends SyncRow {
        @RoomColumn
        int room;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a room that is not a text")
    void numberRoom() {
        assertWrong(
                NumberRoom.class, "has the field 'room' of type int: as its @RoomColumn it must be of type String.");
    }

    @SyncCollection("things")
    static class AnyJson extends SyncRow {
        @JdbcTypeCode(SqlTypes.JSON)
        @Nullable
        Object parts;
    }

    @SyncCollection("things")
    static class JsonPValue extends SyncRow {
        @JdbcTypeCode(SqlTypes.JSON)
        @Nullable
        JsonValue parts;
    }

    @Test
    @Tag("ENT21")
    @DisplayName("[ENT21] JSON of a type that the JPA provider cannot store or read")
    void jsonOfOtherTypes() {
        String cure = ", which has no form in JSON: use a record, a class with equals() and with public getters and"
                + " setters of supported types, a Map with String keys, a List, a Set, or Jackson's JsonNode.";
        assertWrong(AnyJson.class, "has the field 'parts' with JSON of type java.lang.Object" + cure);
        assertWrong(JsonPValue.class, "has the field 'parts' with JSON of type jakarta.json.JsonValue" + cure);
    }

    @SyncCollection("things")
    static class Picture extends SyncRow {
        @Nullable
        Object parts;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a type without a JSON form")
    void unsupported() {
        assertWrong(
                Picture.class,
                "has the field 'parts' of type Object, which has no form in JSON: use one of [BigDecimal, BigInteger, Boolean,"
                        + " Byte, Calendar, Character, Currency, Date, Double, Duration, Float, Instant, Integer, LocalDate,"
                        + " LocalDateTime, LocalTime, Locale, Long, OffsetDateTime, Short, String, Timestamp, UUID, Year,"
                        + " ZoneId, ZoneOffset, ZonedDateTime, byte[]], a primitive or an enum, name an AttributeConverter with @Convert,"
                        + " or make it @Transient.");
    }

    @SyncCollection("things")
    static class Alarm extends SyncRow {
        @Nullable
        OffsetTime at;
    }

    @SyncCollection("things")
    static class Birthday extends SyncRow {
        @Temporal(TemporalType.DATE)
        @Nullable
        Date day;
    }

    @Test
    @Tag("ENT20")
    @DisplayName("[ENT20] types that depend on the database or on the server's time zone")
    void dependent() {
        assertWrong(
                Alarm.class,
                "has the field 'at' of type OffsetTime, which not every database's driver accepts: use the type LocalTime,"
                        + " and a ZoneOffset beside it.");
        assertWrong(
                Birthday.class,
                "has the field 'day' with a date or a time that depends on the server's time zone, in which some days have"
                        + " no midnight: use the type LocalDate or LocalTime.");
    }

    @Entity
    @SyncCollection("things")
    static class Thing {
        @Id
        @Nullable
        String id;
    }

    @Entity
    static class Pen extends Thing {
        @Nullable
        String colour;
    }

    @Entity
    @DiscriminatorValue("Pen")
    static class Crayon extends Thing {
        @Nullable
        String colour;
    }

    @Entity
    static class Brush extends Thing {
        @UpdatedAt
        @Nullable
        Instant washed;
    }

    @Entity
    @SyncCollection("others")
    static class Chair extends Thing {}

    private static void assertThingIsWrong(String sentence, Class<?>... entities) {
        assertThatThrownBy(() -> CollectionModelReader.read(Thing.class, List.of(entities)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessage(Thing.class.getName() + " " + sentence);
    }

    @Test
    @Tag("ENT22")
    @DisplayName("[ENT22] subclasses whose rows or fields cannot be told apart")
    void subclasses() {
        assertThingIsWrong(
                "has the subclasses Pen and Crayon, which are both named 'Pen': give one another @DiscriminatorValue.",
                Thing.class,
                Pen.class,
                Crayon.class);
        assertThingIsWrong(
                "has the subclass Brush with the field 'washed', whose annotation concerns all rows of the collection:"
                        + " move the field to Thing, or remove the annotation.",
                Thing.class,
                Brush.class);
        assertWrong(
                Chair.class,
                "has @SyncCollection, and its rows are also those of the collection of its superclass Thing: remove one of"
                        + " the two annotations.");
    }

    @SyncCollection("things")
    static class Shelf extends SyncRow {
        @OneToMany
        @JsonbProperty("penIds")
        Set<Pen> pens = Set.of();
    }

    @Test
    @Tag("ENT5")
    @DisplayName("[ENT5] the rows that refer to an entity cannot be sent with it")
    void inverseSide() {
        assertWrong(
                Shelf.class,
                "has @JsonbProperty on the field 'pens', whose rows are not sent with this one: remove it, and let clients"
                        + " read the collection of the other rows; map the table of a @ManyToMany as an entity of its own,"
                        + " with two @ManyToOne or with a @CompositeKey.");
    }

    @SyncCollection("leaves")
    static class Leaf extends SyncRow {
        @ManyToOne
        @Nullable
        Tree tree;

        @ManyToOne
        @JoinColumn(name = "branch")
        @Nullable
        Branch onBranch;

        @Column(name = "twig_id")
        @Writable(Writable.When.NEVER)
        @Nullable
        String twig;
    }

    @SyncCollection("things")
    static class Tree extends SyncRow {
        @OneToMany
        @JoinColumn(name = "TREE_ID")
        Set<Leaf> leaves = Set.of();
    }

    @SyncCollection("things")
    static class Branch extends SyncRow {
        @OneToMany
        @JoinColumn(name = "branch")
        Set<Leaf> leaves = Set.of();
    }

    @SyncCollection("things")
    static class Twig extends SyncRow {
        @OneToMany
        @JoinColumn(name = "twig_id")
        Set<Leaf> leaves = Set.of();
    }

    @SyncCollection("things")
    static class Stem extends SyncRow {
        @OneToMany
        @JoinColumn(name = "twig_id", insertable = false, updatable = false)
        Set<Leaf> leaves = Set.of();

        @OneToMany
        @JoinColumn(name = "stem_id")
        Set<Leaf> unknownToLeaves = Set.of();

        @OneToMany
        Set<Leaf> inATable = Set.of();
    }

    @Test
    @Tag("ENT5")
    @DisplayName("[ENT5] the rows that refer to an entity are not changed by it without a log entry")
    void changedByTheOtherSide() {
        String sentence =
                "has the field 'leaves' with @JoinColumn, by which the JPA provider would change the column '%s' of"
                        + " Leaf and no client would know: %s";
        assertWrong(Tree.class, sentence.formatted("tree_id", "state mappedBy = \"tree\" and remove the @JoinColumn."));
        assertWrong(
                Branch.class,
                sentence.formatted("branch", "state mappedBy = \"onBranch\" and remove the @JoinColumn."));
        assertWrong(
                Twig.class,
                sentence.formatted("twig_id", "add insertable = false, updatable = false to the @JoinColumn."));
        assertThatCode(() -> Attributes.of(Stem.class)).doesNotThrowAnyException();
    }

    @Table(name = "thing_leaves")
    @SyncCollection("connections")
    static class Connection extends SyncRow {}

    @SyncCollection("things")
    @Table(name = "thing")
    static class Connected extends SyncRow {
        @ManyToMany
        @JoinTable(name = "THING_LEAVES")
        Set<Leaf> leaves = Set.of();
    }

    @SyncCollection("things")
    @Table(name = "thing")
    static class ConnectedByDefault extends SyncRow {
        @ManyToMany
        Set<Named> leaves = Set.of();
    }

    @Table(name = "leaves")
    @SyncCollection("leaves")
    static class Named extends SyncRow {}

    @Test
    @Tag("ENT5")
    @DisplayName("[ENT5] the rows of a collection are not those of another entity's @ManyToMany")
    void connections() {
        for (Class<?> entity : List.of(Connected.class, ConnectedByDefault.class)) {
            assertThatThrownBy(() -> CollectionModelReader.read(entity, List.of(entity, Leaf.class, Connection.class)))
                    .isInstanceOf(Misconfiguration.class)
                    .message()
                    .isEqualToIgnoringCase(
                            entity.getName() + " has the field 'leaves' in the table 'thing_leaves', which is"
                                    + " that of Connection: the JPA provider would delete its rows and no client would know. Remove"
                                    + " the field, or map the rows with @OneToMany and mappedBy.");
        }
    }

    @SyncCollection("things")
    static class Root extends SyncRow {
        @ManyToMany(cascade = CascadeType.ALL)
        Set<Leaf> leaves = Set.of();
    }

    @SyncCollection("things")
    static class Seed extends SyncRow {
        @OneToOne(orphanRemoval = true)
        @Nullable
        Leaf leaf;
    }

    @SyncCollection("things")
    static class Husk extends SyncRow {
        @JsonbTransient
        @ManyToOne(cascade = CascadeType.ALL)
        @Nullable
        Leaf leaf;
    }

    @Test
    @Tag("ENT5")
    @DisplayName("[ENT5] the JPA provider deletes no row of a collection without a log entry")
    void deletedByTheProvider() {
        assertWrong(
                Root.class,
                "has the field 'leaves' by whose cascade or orphanRemoval the JPA provider would delete rows of Leaf and no"
                        + " client would know: remove the cascade.");
        assertWrong(
                Seed.class,
                "has the relation 'leaf' with orphanRemoval, by which a write would remove a row to which others may refer:"
                        + " remove it from the annotation.");
        assertWrong(
                Husk.class,
                "has the relation 'leaf' with cascade REMOVE, by which a delete would remove a row to which others may"
                        + " refer: remove it from the cascade.");
    }

    @SyncCollection("things")
    static class Book extends SyncRow {
        @NaturalId
        @Nullable
        String isbn;
    }

    @Test
    @Tag("ENT20")
    @DisplayName("[ENT20] values that the JPA provider refuses to change, or that not every database stores")
    void unchangeable() {
        assertWrong(
                Book.class,
                "has the field 'isbn' with @NaturalId, whose values the JPA provider refuses to change: add"
                        + " @Writable(ON_INSERT), or state mutable = true.");
        assertWrong(
                Unmarked.class,
                "has the field 'mark' of type char, whose initial value is NUL, which not every database stores: give it"
                        + " another value, or use Character.");
    }
}
