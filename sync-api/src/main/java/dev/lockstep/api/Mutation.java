package dev.lockstep.api;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A client's request to change rows: changes that commit together or not at all, of one kind unless the operation is
 * {@link Operation#MIXED}. Immutable, but for the context.
 *
 * @param caller the identity behind the request
 * @param room the room of the rows
 * @param operation a single operation such as {@code INSERT} for exactly one change, a bulk operation such as
 *     {@code BULK_INSERT} or {@code MIXED} for any number
 * @param changes 1 to {@link #CHANGES_MAX}
 * @param scope the scope of the client's list, if it has one: new rows get it, live frames carry it
 * @param id the key of idempotency, if the client sent one
 * @param conditions conditions that the rows must meet when they are locked
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
    /** Most changes in one mutation: the writer keeps a mutation in memory and locks its rows together. */
    public static final int CHANGES_MAX = 10_000;

    /** @throws IllegalArgumentException if there are no changes or too many, or if the operation does not write */
    public Mutation {
        changes = List.copyOf(changes);
        conditions = List.copyOf(conditions);
        if (changes.isEmpty() || changes.size() > CHANGES_MAX) {
            throw new IllegalArgumentException(
                    "a mutation has 1 to " + CHANGES_MAX + " changes, was " + changes.size());
        }
        if ((changes.size() > 1 || operation == Operation.MIXED)
                && changes.stream().anyMatch(Change.Append.class::isInstance)) {
            throw new IllegalArgumentException("an append is the only change of its mutation");
        }
        if (operation == Operation.READ || operation == Operation.SUBSCRIBE) {
            throw new IllegalArgumentException(operation + " is not an operation that writes");
        }
    }

    /** A mutation without conditions and with an empty context. */
    public Mutation(
            Caller caller,
            RoomId room,
            Operation operation,
            List<Change> changes,
            Optional<String> scope,
            Optional<MutationId> id) {
        this(caller, room, operation, changes, scope, id, List.of(), new AccessContext());
    }

    /** A copy with these conditions. */
    public Mutation withConditions(List<Condition> other) {
        return new Mutation(caller, room, operation, changes, scope, id, other, context);
    }

    /**
     * A copy with other changes in place of the requested ones. A repeat is then recognized by its id alone, because the
     * changed request cannot be compared with the original one.
     */
    public Mutation withChanges(List<Change> other) {
        return new Mutation(
                caller, room, operation, other, scope, id.map(MutationId::withoutComparison), conditions, context);
    }

    /** Whether the operation is a bulk operation, whatever the number of changes. */
    public boolean isBulk() {
        return switch (operation) {
            case BULK_INSERT, BULK_UPDATE, BULK_DELETE, MIXED -> true;
            case READ, SUBSCRIBE, INSERT, UPDATE, DELETE, ARCHIVE, UNARCHIVE, APPEND -> false;
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
     * A copy for the access check of another room of {@link #rooms}, with a context of that room; every room of a
     * mutation is checked. Never submit it.
     */
    public Mutation withRoom(RoomId other) {
        return other.equals(room)
                ? this
                : new Mutation(caller, other, operation, changes, scope, id, conditions, context.in(other));
    }

    /**
     * One change as a mutation of its own, with its single operation and the same context, for the access check of a
     * {@link Operation#MIXED} mutation. Never submit it.
     */
    public Mutation alone(int index) {
        Change change = changes.get(index);
        return new Mutation(caller, room, change.operation(), List.of(change), scope, id, conditions, context);
    }

    /**
     * The refusal of one change: of a {@link Operation#MIXED} mutation with the index of the change, which its client needs
     * to find the change at fault; else the same.
     */
    public Refusal refusalOf(int index, Refusal refusal) {
        return operation == Operation.MIXED ? refusal.ofChange(index) : refusal;
    }

    /** The events that it appends; empty if it changes rows. */
    public Optional<Change.Append> append() {
        return changes.getFirst() instanceof Change.Append append ? Optional.of(append) : Optional.empty();
    }

    @Override
    public Set<CollectionName> collections() {
        return changes.stream().map(Change::in).collect(Collectors.toUnmodifiableSet());
    }
}
