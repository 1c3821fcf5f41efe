package dev.lockstep.mutation;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Mutations of one room of the application "workshop". */
public record MutationFixture(RoomId room, Optional<MutationId> id, Optional<String> scope) {
    public static MutationFixture in(String room) {
        return new MutationFixture(new RoomId("workshop", room), Optional.empty(), Optional.empty());
    }

    /** With a mutation id, which identifies duplicates. */
    public MutationFixture identified(String value) {
        return by("client", value);
    }

    public MutationFixture by(String client, String value) {
        return new MutationFixture(room, Optional.of(new MutationId(client, value)), scope);
    }

    /** With an id that identifies duplicates without a comparison of the requests. */
    MutationFixture comparingIdsOnly() {
        return new MutationFixture(room, id.map(MutationId::withoutComparison), scope);
    }

    /** From a client that shows the list of this scope. */
    MutationFixture withScope(String scope) {
        return new MutationFixture(room, id, Optional.of(scope));
    }

    public static Change insertion(String collection, @Nullable String id, Map<String, @Nullable Object> fields) {
        return new Change.Insert(new CollectionName(collection), id == null ? null : new EntityId(id), fields);
    }

    public static Change updating(String collection, String id, Map<String, @Nullable Object> fields) {
        return new Change.Update(new CollectionName(collection), new EntityId(id), fields);
    }

    static Change move(String collection, String id, Map<String, @Nullable Object> fields, String room) {
        return new Change.Update(new CollectionName(collection), new EntityId(id), fields, Optional.of(room));
    }

    public static Change deletion(String collection, String id) {
        return new Change.Delete(new CollectionName(collection), new EntityId(id));
    }

    static Change archival(String collection, String id, Instant at) {
        return new Change.Archive(new CollectionName(collection), new EntityId(id), at);
    }

    static Change unarchival(String collection, String id) {
        return new Change.Unarchive(new CollectionName(collection), new EntityId(id));
    }

    public Mutation insertsTask(String id, String title) {
        return of(Operation.INSERT, insertion("tasks", id, Map.of("title", title)));
    }

    public Mutation insertsTool(String name, String serial) {
        return of(Operation.INSERT, insertion("tools", null, Map.of("name", name, "serial", serial)));
    }

    Mutation retitlesTask(String id, String title) {
        return of(Operation.UPDATE, updating("tasks", id, Map.of("title", title)));
    }

    public Mutation deletesTask(String id) {
        return of(Operation.DELETE, deletion("tasks", id));
    }

    public Mutation inserts(String collection, @Nullable String id, Map<String, @Nullable Object> fields) {
        return of(Operation.INSERT, insertion(collection, id, fields));
    }

    public Mutation updates(String collection, String id, Map<String, @Nullable Object> fields) {
        return of(Operation.UPDATE, updating(collection, id, fields));
    }

    public Mutation moves(String collection, String id, String room) {
        return of(Operation.UPDATE, move(collection, id, Map.of(), room));
    }

    public Mutation deletes(String collection, String id) {
        return of(Operation.DELETE, deletion(collection, id));
    }

    Mutation archives(String collection, String id, Instant at) {
        return of(Operation.ARCHIVE, archival(collection, id, at));
    }

    Mutation unarchives(String collection, String id) {
        return of(Operation.UNARCHIVE, unarchival(collection, id));
    }

    /** Titles by ids of tasks, in the order of the map. */
    public Mutation retitlesTasks(Map<String, String> titles) {
        return of(
                Operation.BULK_UPDATE,
                new TreeMap<>(titles)
                        .entrySet().stream()
                                .map(task -> updating("tasks", task.getKey(), Map.of("title", task.getValue())))
                                .toArray(Change[]::new));
    }

    public Mutation bulk(Change... changes) {
        return of(Operation.BULK_INSERT, changes);
    }

    private Mutation of(Operation operation, Change... changes) {
        return new Mutation(Caller.anonymous("workshop"), room, operation, List.of(changes), scope, id);
    }
}
