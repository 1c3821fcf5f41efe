package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.RoomId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Entries for tests that do not care about most of them. */
public record AnEntry(Entry entry) {
    /** The number of a group that nobody asks for again. */
    public static final long ANY_GROUP = 1;

    /** An insert of some row in some room. */
    public static AnEntry anEntry() {
        return new AnEntry(new Entry(
                new RoomId("workshop", "p1"),
                new CollectionName("tasks"),
                new EntityId("any"),
                Entry.Kind.INSERT,
                false,
                1,
                Optional.of("{\"id\":\"any\"}"),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    /** A mutation of so many entries. */
    public static List<Entry> aMutationOf(int entries) {
        return Collections.nCopies(entries, anEntry().entry());
    }

    public AnEntry in(String room) {
        return new AnEntry(
                copy(new RoomId(entry.room().application(), room), entry.collection(), entry.kind(), entry.scope()));
    }

    public AnEntry of(String collection) {
        return new AnEntry(copy(entry.room(), new CollectionName(collection), entry.kind(), entry.scope()));
    }

    public AnEntry as(Entry.Kind kind) {
        return new AnEntry(copy(entry.room(), entry.collection(), kind, entry.scope()));
    }

    public AnEntry scoped(String scope) {
        return new AnEntry(copy(entry.room(), entry.collection(), entry.kind(), Optional.of(scope)));
    }

    /** In this room, at this time in microseconds. */
    static Entry at(String room, long stampMicros) {
        Entry any = anEntry().in(room).entry();
        return copy(any, stampMicros, any.rowAfter());
    }

    /** With a row of this length. */
    static Entry ofCharacters(int characters) {
        Entry any = anEntry().entry();
        return copy(any, any.stampMicros(), Optional.of("x".repeat(characters)));
    }

    /** Of this row. */
    static Entry ofRow(String id) {
        Entry any = anEntry().entry();
        return new Entry(
                any.room(),
                any.collection(),
                new EntityId(id),
                any.kind(),
                any.bulk(),
                any.stampMicros(),
                any.rowAfter(),
                any.rowBefore(),
                any.changedFields(),
                any.scope(),
                any.caller(),
                any.mutationId());
    }

    private static Entry copy(Entry any, long stampMicros, Optional<String> rowAfter) {
        return new Entry(
                any.room(),
                any.collection(),
                any.entityId(),
                any.kind(),
                any.bulk(),
                stampMicros,
                rowAfter,
                any.rowBefore(),
                any.changedFields(),
                any.scope(),
                any.caller(),
                any.mutationId());
    }

    private Entry copy(RoomId room, CollectionName collection, Entry.Kind kind, Optional<String> scope) {
        return new Entry(
                room,
                collection,
                entry.entityId(),
                kind,
                entry.bulk(),
                entry.stampMicros(),
                entry.rowAfter(),
                entry.rowBefore(),
                entry.changedFields(),
                scope,
                entry.caller(),
                entry.mutationId());
    }

    /** An entry with every component filled. */
    public static Entry aFullEntry() {
        return new Entry(
                new RoomId("workshop", "r\u00e4um/%2F;:"),
                new CollectionName("tools"),
                new EntityId("id with \"quotes\" and \ud83d\ude00"),
                Entry.Kind.UPDATE,
                true,
                1_795_000_000_123_456L,
                Optional.of("{\"name\":\"after \u2028\"}"),
                Optional.of("{\"name\":\"before\"}"),
                List.of("name", "serial"),
                Optional.of("scope"),
                Optional.of("alice"),
                Optional.of(new MutationId("client", "mutation")));
    }
}
