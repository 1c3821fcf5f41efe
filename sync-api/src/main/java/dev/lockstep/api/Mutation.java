package dev.lockstep.api;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a client asks for: changes of one kind that commit together or not at all.
 *
 * @param caller who asks
 * @param room the room of the rows
 * @param operation {@code INSERT} and its like for exactly one change, {@code BULK_INSERT} and its like for any number
 * @param changes 1 to {@link #CHANGES_MAX}
 * @param scope the list that the client looks at, if it has one of a scope: new rows go there, live frames carry it
 * @param id what makes it idempotent, if the client gave one
 * @param conditions what must be true of the rows when they are locked
 */
public record Mutation(
        Caller caller,
        RoomId room,
        Operation operation,
        List<Change> changes,
        Optional<String> scope,
        Optional<MutationId> id,
        List<Condition> conditions,
        AccessContext context)
        implements Access {
    /** Most changes in one mutation. A mutation is held in memory and locked as a whole. */
    public static final int CHANGES_MAX = 10_000;

    /** @throws IllegalArgumentException if there are no changes, too many, or an operation that writes nothing */
    public Mutation {
        changes = List.copyOf(changes);
        conditions = List.copyOf(conditions);
        if (changes.isEmpty() || changes.size() > CHANGES_MAX) {
            throw new IllegalArgumentException(
                    "a mutation has 1 to " + CHANGES_MAX + " changes, was " + changes.size());
        }
        if (operation == Operation.READ || operation == Operation.SUBSCRIBE) {
            throw new IllegalArgumentException(operation + " changes nothing");
        }
    }

    /** One without conditions, of which nothing is known yet. */
    public Mutation(
            Caller caller,
            RoomId room,
            Operation operation,
            List<Change> changes,
            Optional<String> scope,
            Optional<MutationId> id) {
        this(caller, room, operation, changes, scope, id, List.of(), new AccessContext());
    }

    /** The same under these conditions. */
    public Mutation under(List<Condition> other) {
        return new Mutation(caller, room, operation, changes, scope, id, other, context);
    }

    /**
     * The same with other changes in place of what was asked for. A repeat of it is known by its id alone: nobody can tell
     * whether it would have come to the same.
     */
    public Mutation making(List<Change> other) {
        return new Mutation(
                caller,
                room,
                operation,
                other,
                scope,
                id.map(given -> new MutationId(given.client(), given.value(), given.ordered(), false)),
                conditions,
                context);
    }

    /** Whether the client asked for many rows at once, if only for one. */
    public boolean isBulk() {
        return switch (operation) {
            case BULK_INSERT, BULK_UPDATE, BULK_DELETE -> true;
            case READ, SUBSCRIBE, INSERT, UPDATE, DELETE, ARCHIVE, UNARCHIVE -> false;
        };
    }

    @Override
    public Set<RoomId> rooms() {
        Set<RoomId> rooms = new LinkedHashSet<>();
        rooms.add(room);
        for (Change change : changes) {
            if (change instanceof Change.Update update) {
                update.room().ifPresent(name -> rooms.add(new RoomId(room.application(), name)));
            }
        }
        return Collections.unmodifiableSet(rooms);
    }

    /**
     * The same as another of its rooms sees it, with a context of that room's own: it is judged in each of them. Not to
     * be submitted.
     */
    public Mutation in(RoomId other) {
        return other.equals(room)
                ? this
                : new Mutation(caller, other, operation, changes, scope, id, conditions, context.in(other));
    }

    @Override
    public Set<CollectionName> collections() {
        return changes.stream().map(Change::in).collect(Collectors.toUnmodifiableSet());
    }
}
