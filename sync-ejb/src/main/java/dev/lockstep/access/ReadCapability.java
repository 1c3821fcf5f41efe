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
 * What somebody may see of some rooms, as the access chain has judged it: whoever has it may look. Kept for one request,
 * or as long as a session's rights are not judged anew. Immutable.
 */
public final class ReadCapability {
    private final Map<RoomId, Visibility> rooms;
    private final PublisherThread publisher;
    private final BacklogReader backlog;
    private final Optional<Caller> returning;

    ReadCapability(Map<RoomId, Visibility> rooms, PublisherThread publisher, BacklogReader backlog) {
        this(rooms, publisher, backlog, Optional.empty());
    }

    private ReadCapability(
            Map<RoomId, Visibility> rooms,
            PublisherThread publisher,
            BacklogReader backlog,
            Optional<Caller> returning) {
        this.returning = returning;
        this.rooms = Collections.unmodifiableMap(new LinkedHashMap<>(rooms));
        this.publisher = publisher;
        this.backlog = backlog;
    }

    /**
     * All of them together. Where two say something of one room, the first counts.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static ReadCapability all(List<ReadCapability> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("there are no rights to anything");
        }
        Map<RoomId, Visibility> rooms = new LinkedHashMap<>();
        parts.forEach(part -> part.rooms.forEach(rooms::putIfAbsent));
        return new ReadCapability(rooms, parts.getFirst().publisher, parts.getFirst().backlog);
    }

    /** The rooms in which there is something to see. */
    public List<RoomId> rooms() {
        return List.copyOf(rooms.keySet());
    }

    Visibility visibility() {
        return Visibility.of(rooms);
    }

    /** What of it shows rows: of equal ones the same rows are shown. Filters are equal only to themselves. */
    Visibility rowVisibility() {
        Visibility all = visibility();
        return all.in(rooms.keySet().stream().filter(all::isVisible).toList());
    }

    /** Lets a follower into the rooms; it is on its way then, and hears of the rest through {@link RoomSubscriber#onJoined}. */
    public RoomSubscription follow(RoomSubscriber subscriber) {
        FilteredSubscriber sighted = new FilteredSubscriber(subscriber, visibility());
        publisher.join(rooms(), sighted);
        return new RoomSubscription(publisher, rooms(), sighted, this);
    }

    /**
     * The same for a caller whose client may have been away while the caller's rights changed: then the log cannot tell what
     * it missed.
     */
    public ReadCapability ofReturning(Caller caller) {
        return new ReadCapability(rooms, publisher, backlog, Optional.of(caller));
    }

    /** The same, and it is heard besides when this caller's rights change. */
    ReadCapability withRightsChangesOf(Caller caller) {
        Map<RoomId, Visibility> more = new LinkedHashMap<>(rooms);
        caller.subject()
                .ifPresent(subject ->
                        more.putIfAbsent(RoomId.own(caller.application(), subject), Visibility.of(Set.of())));
        return new ReadCapability(more, publisher, backlog);
    }

    /**
     * Which rows of a collection in a room are shown; all of them, if empty.
     */
    public Optional<Predicate<Row>> rowFilter(RoomId room, CollectionName collection) {
        return rooms.containsKey(room) ? rooms.get(room).isVisible(collection) : Optional.of(none -> false);
    }

    /**
     * The next page of what came after a position, for a client that asks for one page after the other. Blocks nobody;
     * fails with a {@code SyncException} as {@code BOOTSTRAP_NEEDED}, if something of it was pruned.
     *
     * @param actionsMax how many actions it tells of at most; more, to finish a mutation
     * @param encoder one constant object: by it pages are known again
     */
    public <T> CompletionStage<Deltas<T>> deltas(Seq after, int actionsMax, PageEncoder<T> encoder) {
        return backlog.deltas(rooms(), visibility(), after, actionsMax, encoder);
    }

    /**
     * Whether the caller's rights have changed after a position, and up to another; also, if so much came in between that
     * it would take long to find out.
     */
    public CompletionStage<Boolean> haveChanged(Caller caller, Seq after, Seq upTo) {
        RoomId own = caller.subject()
                .map(subject -> RoomId.own(caller.application(), subject))
                .orElseGet(() -> RoomId.shared(caller.application()));
        return upTo.isAfter(after) ? backlog.changesRights(own, after, upTo) : CompletableFuture.completedStage(false);
    }

    /** What the rooms' commits were after a position, up to one that they were handed; the next page of it. */
    <T> CompletionStage<BacklogRead<T>> missed(Visibility visibility, Seq after, Seq upTo, Encoder<T> encoder) {
        return backlog.read(rooms(), visibility, returning, after, upTo, encoder);
    }
}
