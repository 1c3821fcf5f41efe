package dev.lockstep.collection.registry;

import static dev.lockstep.collection.registry.Misconfigurations.assertWrong;

import dev.lockstep.api.entity.CompositeKey;
import dev.lockstep.api.entity.NeverSent;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Entities with errors in their ids, and the message of each. */
class MisconfiguredIdsTest {
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
    static class MappedId {
        @Id
        @Nullable
        String id;

        @OneToOne
        @MapsId
        @JsonbTransient
        @Nullable
        IdBesideKey other;
    }

    @SyncCollection("things")
    static class RelationAsId {
        @Id
        @OneToOne
        @Nullable
        IdBesideKey other;
    }

    @Test
    @Tag("ENT3")
    @DisplayName("[ENT3] an id that the JPA provider takes from a relation")
    void derivedIds() {
        assertWrong(
                MappedId.class,
                "has the relation 'other' with @MapsId, from which the JPA provider takes the id: map it with"
                        + " @JoinColumn(insertable = false, updatable = false) and @Writable(NEVER).");
        assertWrong(
                RelationAsId.class,
                "has the relation 'other' as its @Id: add a field with the other row's id, put @Id on that, and remove"
                        + " it from the relation; map it with @JoinColumn(insertable = false, updatable = false) and"
                        + " @Writable(NEVER).");
    }
}
