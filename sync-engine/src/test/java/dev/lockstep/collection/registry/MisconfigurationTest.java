package dev.lockstep.collection.registry;

import static dev.lockstep.collection.registry.Misconfigurations.assertWrong;

import dev.lockstep.api.entity.ArchivedAt;
import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.CreatedAt;
import dev.lockstep.api.entity.Filterable;
import dev.lockstep.api.entity.NeverSent;
import dev.lockstep.api.entity.OwnerColumn;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.ScopeColumn;
import dev.lockstep.api.entity.Sortable;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import dev.lockstep.api.entity.Writable;
import dev.lockstep.api.entity.Writable.When;
import dev.lockstep.sample.Task;
import dev.lockstep.sample.odd.BulkOnly;
import dev.lockstep.sample.odd.Connections;
import dev.lockstep.sample.odd.NameWithSpaces;
import dev.lockstep.sample.odd.OrderedByNothing;
import dev.lockstep.sample.odd.Unfillable;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Entities with contradicting declarations, and the message of each. */
class MisconfigurationTest {
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
}
