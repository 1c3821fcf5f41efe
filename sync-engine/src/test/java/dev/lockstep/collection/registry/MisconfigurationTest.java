package dev.lockstep.collection.registry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.entity.ArchivedAt;
import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.CompositeKey;
import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.Filterable;
import dev.lockstep.api.entity.NeverSent;
import dev.lockstep.api.entity.OwnerColumn;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.ScopeColumn;
import dev.lockstep.api.entity.Sortable;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import dev.lockstep.api.entity.UpdatedAt;
import dev.lockstep.api.entity.Writable;
import dev.lockstep.api.entity.Writable.When;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.sample.Task;
import dev.lockstep.sample.odd.BulkOnly;
import dev.lockstep.sample.odd.Connections;
import dev.lockstep.sample.odd.NameWithSpaces;
import dev.lockstep.sample.odd.OrderedByNothing;
import dev.lockstep.sample.odd.Unfillable;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetTime;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Entities with mapping errors, and the message of each. */
class MisconfigurationTest {
    private static void assertWrong(Class<?> entity, String sentence) {
        assertThatThrownBy(() -> CollectionModelReader.read(entity, List.of(entity)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessage(entity.getName() + " " + sentence);
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a collection name that a client cannot write")
    void badName() {
        assertWrong(
                NameWithSpaces.class,
                "has @SyncCollection(\"things with spaces\"), but a collection's name is 1 to 64 letters, digits,"
                        + " '_' or '-', was 'things with spaces'");
    }

    @SyncCollection("things")
    static class NoId {
        @Nullable
        String title;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] no id")
    void noId() {
        assertWrong(NoId.class, "has no @Id: add a String field with @Id, or extend SyncRow.");
    }

    @SyncCollection("things")
    static class GetterId {
        @Nullable
        String id;

        @Id
        @Nullable
        String getId() {
            return id;
        }
    }

    @Test
    @Tag("COL10")
    @Tag("CD3")
    @DisplayName("[COL10][CD3] a getter without a setter")
    void getterId() {
        assertWrong(
                GetterId.class,
                "has the getter getId() without a setter, by which the JPA provider sets the attribute: add"
                        + " setId(String), or put @Transient on the getter.");
    }

    @SyncCollection("things")
    static class NumberId {
        @Id
        long id;
    }

    @Test
    @Tag("COL10")
    @Tag("ENT3")
    @DisplayName("[COL10][ENT3] a number as an id that nobody makes")
    void numberId() {
        assertWrong(
                NumberId.class,
                "has the field 'id' of type long as its @Id, and the server makes only ids of the types String and UUID:"
                        + " add @GeneratedValue, or clientIds = true without a @CompositeKey.");
    }

    record InstantKey(String sensor, Instant at) {}

    @SyncCollection("things")
    static class KeyWithTime {
        @EmbeddedId
        @Nullable
        InstantKey key;
    }

    static class KeyWithoutEquals {
        long number;
    }

    @SyncCollection("things")
    static class IncomparableKey {
        @EmbeddedId
        @Nullable
        KeyWithoutEquals key;
    }

    record NumberKey(String book, long number) {}

    @SyncCollection("things")
    @IdClass(NumberKey.class)
    static class OtherParts {
        @Id
        @Nullable
        String book;

        @Id
        @Nullable
        String number;
    }

    @SyncCollection("things")
    @IdClass(NumberKey.class)
    static class GeneratedPart {
        @Id
        @Nullable
        String book;

        @Id
        @GeneratedValue
        long number;
    }

    @SyncCollection("things")
    @CompositeKey("title")
    static class TwoKeys {
        @EmbeddedId
        @Nullable
        NumberKey key;

        @Nullable
        String title;
    }

    @SyncCollection("things")
    static class DerivedKey {
        @EmbeddedId
        @Nullable
        NumberKey key;

        @MapsId("book")
        @ManyToOne
        @JsonbTransient
        @Nullable
        TwoKeys other;
    }

    @SyncCollection("things")
    static class RelationToKey {
        @Id
        @Nullable
        String id;

        @ManyToOne
        @Nullable
        TwoKeys other;
    }

    @Test
    @Tag("ENT8")
    @DisplayName("[ENT8] ids of several columns that have no text, or that clients could not give")
    void severalColumns() {
        assertWrong(
                KeyWithTime.class,
                "has the part 'at' of its id of type Instant, which has no short and exact text: use one of [String,"
                        + " Long, Integer, Short, Byte, UUID, LocalDate] or an enum, or give the entity an @Id of one"
                        + " column and a unique constraint over the others.");
        assertWrong(
                IncomparableKey.class,
                "has ids of the class KeyWithoutEquals, which has no equals(), so that no two ids are the same: add"
                        + " equals() and hashCode() over its fields, or make it a record.");
        assertWrong(
                OtherParts.class,
                "has the @IdClass NumberKey, which does not fit the @Id attributes of the entity: give both an"
                        + " attribute 'number' of the same type, for a relation that of the other row's id.");
        assertWrong(
                GeneratedPart.class,
                "has the part 'number' of its id with @GeneratedValue: clients see the parts of an id, give them with"
                        + " a new row, and never change them. Remove the annotation, or give the entity an @Id of one"
                        + " column.");
        assertWrong(
                TwoKeys.class,
                "has a @CompositeKey and an id of several columns: remove the @CompositeKey, because the columns of the"
                        + " id are the key.");
        assertWrong(
                DerivedKey.class,
                "has the relation 'other' with @MapsId, from which the JPA provider takes a part of the id: map it with"
                        + " @JoinColumn(insertable = false, updatable = false) and @Writable(NEVER), or use an @IdClass"
                        + " with @Id on the relation.");
        assertWrong(
                RelationToKey.class,
                "has the relation 'other' to TwoKeys, whose id has several columns: map these columns as fields of"
                        + " their own, and put @JsonbTransient on the relation and insertable = false, updatable ="
                        + " false on its @JoinColumn annotations.");
    }

    @SyncCollection("things")
    @Access(AccessType.PROPERTY)
    static class OptionalGetter {
        @Id
        @Access(AccessType.FIELD)
        @Nullable
        String id;

        Optional<String> getNote() {
            return Optional.empty();
        }
    }

    @Test
    @Tag("ENT6")
    @DisplayName("[ENT6] an annotated getter of an Optional")
    void optionalGetter() {
        assertWrong(
                OptionalGetter.class,
                "has the getter getNote() of an Optional, which the JPA provider cannot store: put"
                        + " @Access(AccessType.FIELD) and the mapping annotations on the field 'note', and @Transient on the"
                        + " getter.");
    }

    @SyncCollection("things")
    static class TimeId {
        @Id
        @Nullable
        Instant id;
    }

    @Test
    @Tag("COL10")
    @Tag("ENT3")
    @DisplayName("[COL10][ENT3] an id of another type")
    void timeId() {
        assertWrong(
                TimeId.class,
                "has the field 'id' of type Instant: as its @Id it must be of one of the types [String, Long, Integer,"
                        + " Short, UUID].");
    }

    @SyncCollection(value = "things", clientIds = true)
    static class GeneratedId {
        @Id
        @GeneratedValue
        @Nullable
        String id;
    }

    @Test
    @Tag("COL10")
    @Tag("ENT3")
    @DisplayName("[COL10][ENT3] an id that both clients and the database make")
    void generatedId() {
        assertWrong(GeneratedId.class, "has the field 'id' with @GeneratedValue, and clientIds = true: keep one.");
    }

    @SyncCollection("things")
    static class GeneratedRoom {
        @Id
        @GeneratedValue
        @RoomColumn
        @Nullable
        String id;
    }

    @Test
    @Tag("COL10")
    @Tag("ENT3")
    @DisplayName("[COL10][ENT3] a room with a generated name")
    void generatedRoom() {
        assertWrong(
                GeneratedRoom.class,
                "has the field 'id' with @Id and @RoomColumn, so that each row is a room with the name of its id: make it"
                        + " a String without @GeneratedValue.");
    }

    @SyncCollection("things")
    static class TwoIds extends SyncRow {
        @Id
        @Nullable
        String other;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] two fields of one role")
    void twoIds() {
        assertWrong(TwoIds.class, "has two fields that are its ID: keep one.");
    }

    @SyncCollection("things")
    static class TwoRoles extends SyncRow {
        @OwnerColumn
        @Id
        @Nullable
        String owner;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] one field of two roles")
    void twoRoles() {
        assertWrong(
                TwoRoles.class,
                "has the field 'owner' with two of the annotations @Id, @RoomColumn, @OwnerColumn, @CreatedAt,"
                        + " @UpdatedAt, @ArchivedAt, @DeletedAt, @Version: keep one.");
    }

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
    static class RenamedId {
        @Id
        @JsonbProperty("code")
        @Nullable
        String code;
    }

    @SyncCollection("things")
    static class IdBesideKey {
        @Id
        @Nullable
        String code;

        @Nullable
        String id;
    }

    @Test
    @Tag("ENT2")
    @DisplayName("[ENT2] an id of another name on the wire, and a second field named id")
    void namesOfIds() {
        assertWrong(
                RenamedId.class,
                "has @JsonbProperty(\"code\") on its @Id 'code': clients find a row's id under the name 'id'. Remove the"
                        + " annotation.");
        assertWrong(IdBesideKey.class, "has two fields named 'id' on the wire: rename one with @JsonbProperty.");
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

    @SyncCollection("things")
    static class SameName extends SyncRow {
        @Nullable
        String title;

        @JsonbProperty("title")
        @Nullable
        String heading;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] two fields of one JSON name")
    void sameName() {
        assertWrong(SameName.class, "has two fields named 'title' on the wire: rename one with @JsonbProperty.");
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] an order by an unknown field")
    void noSuchOrder() {
        assertWrong(
                OrderedByNothing.class,
                "is ordered by 'rank', but has no such field: choose one of [id, createdAt, updatedAt, deletedAt].");
    }

    @SyncCollection("things")
    @JsonbPropertyOrder({"id", "createdAt"})
    static class HalfAnOrder extends SyncRow {}

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a JSON order that omits a field")
    void halfAnOrder() {
        assertWrong(HalfAnOrder.class, "has @JsonbPropertyOrder without 'updatedAt': name every field that is sent.");
    }

    @SyncCollection("things")
    static class Homeless extends SyncRow {}

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a package that belongs to no application")
    void homeless() {
        assertWrong(
                Homeless.class,
                "belongs to no application: annotate its package, in package-info.java, with"
                        + " @SyncApplication(\"name-of-the-application\").");
    }

    @SyncCollection("things")
    static class WrittenRoom extends SyncRow {
        @RoomColumn
        @Writable(When.ON_INSERT)
        @Nullable
        String room;
    }

    @SyncCollection("things")
    static class WrittenTime {
        @CreatedAt
        @Writable(When.ALWAYS)
        @Nullable
        Instant since;
    }

    @SyncCollection("things")
    static class WrittenMark {
        @ArchivedAt
        @Writable(When.ALWAYS)
        @Nullable
        Instant since;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] @Writable on a field of the server")
    void writtenRoom() {
        assertWrong(
                WrittenRoom.class,
                "has the field 'room' with @Writable, but it is its ROOM, which only the server writes: make it ALWAYS"
                        + " or ON_UPDATE, or remove the annotation.");
        assertWrong(
                WrittenTime.class,
                "has the field 'since' with @Writable, but it is its CREATED_AT, which only the server writes: make it"
                        + " ON_INSERT, or remove the annotation.");
        assertWrong(
                WrittenMark.class,
                "has the field 'since' with @Writable, but it is its ARCHIVED_AT, which only the server writes: remove"
                        + " the annotation.");
    }

    @SyncCollection("things")
    static class HiddenId {
        @Id
        @NeverSent
        @Nullable
        String id;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] an id that is never sent")
    void hiddenId() {
        assertWrong(
                HiddenId.class,
                "has the field 'id' with @NeverSent, but it is its ID, which only the server writes: remove the"
                        + " annotation.");
    }

    @SyncCollection("things")
    static class NoWay extends SyncRow {
        @Writable(When.NEVER)
        @NeverSent
        @Nullable
        String pin;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a field that is neither read nor written by clients")
    void noWay() {
        assertWrong(
                NoWay.class,
                "has the field 'pin' with @Writable(NEVER) and @NeverSent, so that clients neither write nor see it: keep one,"
                        + " or use @JsonbTransient.");
    }

    @SyncCollection("things")
    static class TransientAndWritable extends SyncRow {
        @JsonbTransient
        @Writable(When.ALWAYS)
        @Nullable
        String pin;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] @Writable on a hidden field")
    void transientAndWritable() {
        assertWrong(
                TransientAndWritable.class,
                "has the field 'pin' with @JsonbTransient and @Writable: keep one; with @JsonbTransient clients neither"
                        + " write nor see it.");
    }

    @SyncCollection("things")
    static class TransientAndNeverSent extends SyncRow {
        @JsonbTransient
        @NeverSent
        @Nullable
        String pin;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] two annotations that both hide a field")
    void transientAndNeverSent() {
        assertWrong(
                TransientAndNeverSent.class,
                "has the field 'pin' with @JsonbTransient and @NeverSent: keep one; with @JsonbTransient clients neither"
                        + " write nor see it.");
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a required field of new rows that no client may write")
    void required() {
        assertWrong(
                Unfillable.class,
                "has the field 'state', which must not be null and which clients may not write on insert: give it a"
                        + " default value, make it nullable, or remove INSERT from the operations.");
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] operations that are not single writes")
    void bulkOnly() {
        assertWrong(
                BulkOnly.class,
                "has BULK_DELETE among its operations: name only those of [INSERT, UPDATE, DELETE]; bulk operations exist where the single ones do, and reading always does.");
    }

    @SyncCollection("things")
    static class TwoScopes extends SyncRow {
        @ScopeColumn
        @Nullable
        String drawer;

        @ScopeColumn
        @Nullable
        String shelf;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] two scope columns")
    void twoScopes() {
        assertWrong(TwoScopes.class, "has two fields with @ScopeColumn: keep one.");
    }

    @SyncCollection("things")
    static class HiddenScope extends SyncRow {
        @ScopeColumn
        @NeverSent
        @Nullable
        String drawer;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a scope column that clients do not see")
    void hiddenScope() {
        assertWrong(
                HiddenScope.class,
                "has the field 'drawer' with @ScopeColumn: put it on a String field of its own that clients see and may write on insert.");
    }

    @SyncCollection("things")
    static class NumberParent extends SyncRow {
        @BelongsTo(Task.class)
        double task;
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a parent id that cannot be an id")
    void numberParent() {
        assertWrong(
                NumberParent.class,
                "has the field 'task' with @BelongsTo: put it on a field of its own that has the type of the parent's id.");
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] rows with a composite key that are deleted softly")
    void softConnection() {
        assertWrong(
                Connections.Soft.class,
                "has a @CompositeKey and deletes softly, so that a deleted row could never be inserted again: remove the field with @DeletedAt.");
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a composite key of fields that are unknown, are not texts, or are not the client's")
    void badKeys() {
        assertWrong(Connections.OfNothing.class, "has an empty @CompositeKey: name the fields of the key.");
        assertWrong(
                Connections.OfUnknown.class,
                "has a @CompositeKey of 'other', but no such field: choose from [id, number].");
        assertWrong(
                Connections.OfNumbers.class,
                "has a @CompositeKey of 'number': name String fields that clients see and may write on insert.");
        assertWrong(Connections.LoadedByNumber.class, "has @Loading by 'number': name String fields that clients see.");
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] archiving without an @ArchivedAt field")
    void archiving() {
        assertWrong(
                Connections.Archived.class,
                "has ARCHIVE among its operations: name only those of [INSERT, UPDATE, DELETE]; bulk operations exist where the single ones do, and reading always does.");
    }

    @SyncCollection("things")
    static class FilteredByNothing extends SyncRow {
        @Filterable("title")
        @Nullable
        String title;
    }

    @SyncCollection("things")
    @Filterable("colour")
    static class FilteredByUnknown extends SyncRow {
        @Nullable
        String title;
    }

    @SyncCollection("things")
    static class FilteredBySecret extends SyncRow {
        @Filterable
        @NeverSent
        @Nullable
        String pin;
    }

    @SyncCollection("things")
    static class SortedByText extends SyncRow {
        @Sortable
        @Lob
        @Nullable
        String text;
    }

    @SyncCollection("things")
    static class FilteredByFloat extends SyncRow {
        @Filterable
        float weight;
    }

    @Test
    @Tag("LST4")
    @DisplayName("[LST4] a declared field that clients do not see, or that the database compares otherwise")
    void undeclarable() {
        String otherwise =
                ", whose stored values the database cannot compare as clients see them: use a text, a number,"
                        + " a boolean, an enum, a UUID, a date or a time, without a converter and without @Lob.";
        assertWrong(
                FilteredByNothing.class,
                "has the field 'title' with @Filterable of names: names belong on the entity; on a field leave them"
                        + " out.");
        assertWrong(
                FilteredByUnknown.class,
                "has @Filterable on 'colour', but no such field: choose from [id, title, createdAt, updatedAt,"
                        + " deletedAt].");
        assertWrong(
                FilteredBySecret.class,
                "has @Filterable on 'pin', which clients do not receive: remove the annotation, because a list would"
                        + " show the values.");
        assertWrong(SortedByText.class, "has @Sortable on 'text'" + otherwise);
        assertWrong(FilteredByFloat.class, "has @Filterable on 'weight'" + otherwise);
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

    private static void assertWrong(String sentence, Class<?>... entities) {
        assertThatThrownBy(() -> CollectionModelReader.read(Thing.class, List.of(entities)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessage(Thing.class.getName() + " " + sentence);
    }

    @Test
    @Tag("ENT22")
    @DisplayName("[ENT22] subclasses whose rows or fields cannot be told apart")
    void subclasses() {
        assertWrong(
                "has the subclasses Pen and Crayon, which are both named 'Pen': give one another @DiscriminatorValue.",
                Thing.class,
                Pen.class,
                Crayon.class);
        assertWrong(
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
}
