package dev.lockstep.access;

import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.delivery.BacklogReader;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Deltas;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.PageEncoder;
import dev.lockstep.room.RoomSubscriber;
import dev.lockstep.room.Visibility;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * The right to read some rooms, as the access chain has granted it: its holder may read without a further check. Valid
 * for one request, or until a session's rights are checked again. Immutable.
 */
public final class ReadCapability {
    private final Map<RoomId, Visibility> rooms;
    private final PublisherThread publisher;
    private final BacklogReader backlog;
    private final Optional<Caller> returningCaller;
    private final Map<CollectionName, Predicate<Row>> selections;

    ReadCapability(Map<RoomId, Visibility> rooms, PublisherThread publisher, BacklogReader backlog) {
        this(rooms, publisher, backlog, Optional.empty(), Map.of());
    }

    private ReadCapability(
            Map<RoomId, Visibility> rooms,
            PublisherThread publisher,
            BacklogReader backlog,
            Optional<Caller> returningCaller,
            Map<CollectionName, Predicate<Row>> selections) {
        this.returningCaller = returningCaller;
        this.selections = Map.copyOf(selections);
        this.rooms = Collections.unmodifiableMap(new LinkedHashMap<>(rooms));
        this.publisher = publisher;
        this.backlog = backlog;
    }

    /**
     * The union of capabilities. For a room in several of them, the first applies.
     *
     * @throws IllegalArgumentException if the list is empty
     */
    public static ReadCapability all(List<ReadCapability> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("no capabilities given");
        }
        Map<RoomId, Visibility> rooms = new LinkedHashMap<>();
        parts.forEach(part -> part.rooms.forEach(rooms::putIfAbsent));
        return new ReadCapability(rooms, parts.getFirst().publisher, parts.getFirst().backlog);
    }

    /** The rooms with something visible. */
    public List<RoomId> rooms() {
        return List.copyOf(rooms.keySet());
    }

    Visibility visibility() {
        return Visibility.of(rooms);
    }

    /** The part that decides about rows: equal values show the same rows. A filter is equal only to itself. */
    Visibility rowVisibility() {
        Visibility all = visibility();
        return all.in(rooms.keySet().stream().filter(all::isVisible).toList());
    }

    /** Subscribes to the rooms. Returns at once; the rest arrives through {@link RoomSubscriber#onJoined}. */
    public RoomSubscription subscribe(RoomSubscriber subscriber) {
        FilteredSubscriber filtered = new FilteredSubscriber(subscriber, visibility());
        publisher.join(rooms(), filtered);
        return new RoomSubscription(publisher, rooms(), filtered, this);
    }

    /**
     * A copy for a client that may have been offline while its caller's rights changed. The log alone cannot tell what
     * such a client has missed.
     */
    public ReadCapability forReturning(Caller caller) {
        return new ReadCapability(rooms, publisher, backlog, Optional.of(caller), selections);
    }

    /**
     * A copy for a client that wants only some rows: by collection, those that pass its filter. A row that enters or leaves a
     * filter is sent as an insert or a delete.
     */
    public ReadCapability selecting(Map<CollectionName, Predicate<Row>> wanted) {
        Map<RoomId, Visibility> narrowed = new LinkedHashMap<>();
        rooms.forEach((room, visibility) -> narrowed.put(room, visibility.selecting(wanted)));
        return new ReadCapability(narrowed, publisher, backlog, returningCaller, wanted);
    }

    /** The filters of {@link #selecting}. */
    Map<CollectionName, Predicate<Row>> selections() {
        return selections;
    }

    /** A copy whose subscriptions also receive changes of this caller's rights. */
    ReadCapability withRightsChangesOf(Caller caller) {
        Map<RoomId, Visibility> more = new LinkedHashMap<>(rooms);
        caller.subject()
                .ifPresent(subject ->
                        more.putIfAbsent(RoomId.own(caller.application(), subject), Visibility.of(Set.of())));
        return new ReadCapability(more, publisher, backlog);
    }

    /** The filter of a collection's rows in a room; all are visible, if empty. */
    public Optional<Predicate<Row>> rowFilter(RoomId room, CollectionName collection) {
        return rooms.containsKey(room) ? rooms.get(room).isVisible(collection) : Optional.of(none -> false);
    }

    /**
     * The next page of commits after a position, for a client that requests one page after another. Never blocks; fails
     * with a {@code SyncException} as {@code BOOTSTRAP_NEEDED} if a part of it was pruned.
     *
     * @param actionsMax most actions of the page; exceeded only to finish a mutation
     * @param encoder a constant object: it is part of the key of cached pages
     */
    public <T> CompletionStage<Deltas<T>> deltas(Seq after, int actionsMax, PageEncoder<T> encoder) {
        return backlog.deltas(rooms(), visibility(), after, actionsMax, encoder);
    }

    /**
     * Whether the caller's rights have changed between two positions; also {@code true} if the range is too long to be
     * searched quickly.
     */
    public CompletionStage<Boolean> haveChanged(Caller caller, Seq after, Seq upTo) {
        RoomId own = caller.subject()
                .map(subject -> RoomId.own(caller.application(), subject))
                .orElseGet(() -> RoomId.shared(caller.application()));
        return upTo.isAfter(after) ? backlog.changesRights(own, after, upTo) : CompletableFuture.completedStage(false);
    }

    /** The next page of the rooms' commits after one position and up to another, which the rooms have received. */
    <T> CompletionStage<BacklogRead<T>> missed(Visibility visibility, Seq after, Seq upTo, Encoder<T> encoder) {
        return backlog.read(rooms(), visibility, returningCaller, after, upTo, encoder);
    }
}
