package dev.lockstep.access;

import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.publish.Backlog;
import dev.lockstep.publish.PublisherThread;
import dev.lockstep.room.Deltas;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Follower;
import dev.lockstep.room.Missed;
import dev.lockstep.room.PageEncoder;
import dev.lockstep.room.Sight;
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
public final class Rights {
    private final Map<RoomId, Sight> rooms;
    private final PublisherThread publisher;
    private final Backlog backlog;
    private final Optional<Caller> returning;

    Rights(Map<RoomId, Sight> rooms, PublisherThread publisher, Backlog backlog) {
        this(rooms, publisher, backlog, Optional.empty());
    }

    private Rights(Map<RoomId, Sight> rooms, PublisherThread publisher, Backlog backlog, Optional<Caller> returning) {
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
    public static Rights all(List<Rights> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("there are no rights to anything");
        }
        Map<RoomId, Sight> rooms = new LinkedHashMap<>();
        parts.forEach(part -> part.rooms.forEach(rooms::putIfAbsent));
        return new Rights(rooms, parts.getFirst().publisher, parts.getFirst().backlog);
    }

    /** The rooms in which there is something to see. */
    public List<RoomId> rooms() {
        return List.copyOf(rooms.keySet());
    }

    Sight sight() {
        return Sight.of(rooms);
    }

    /** What of it shows rows: of equal ones the same rows are shown. Filters are equal only to themselves. */
    Sight rowVisibility() {
        Sight all = sight();
        return all.in(rooms.keySet().stream().filter(all::isVisible).toList());
    }

    /** Lets a follower into the rooms; it is on its way then, and hears of the rest through {@link Follower#onJoined}. */
    public Membership follow(Follower follower) {
        SightedFollower sighted = new SightedFollower(follower, sight());
        publisher.join(rooms(), sighted);
        return new Membership(publisher, rooms(), sighted, this);
    }

    /**
     * The same for a caller whose client may have been away while the caller's rights changed: then the log cannot tell what
     * it missed.
     */
    public Rights ofReturning(Caller caller) {
        return new Rights(rooms, publisher, backlog, Optional.of(caller));
    }

    /** The same, and it is heard besides when this caller's rights change. */
    Rights withRightsChangesOf(Caller caller) {
        Map<RoomId, Sight> more = new LinkedHashMap<>(rooms);
        caller.subject()
                .ifPresent(subject -> more.putIfAbsent(RoomId.own(caller.application(), subject), Sight.of(Set.of())));
        return new Rights(more, publisher, backlog);
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
        return backlog.deltas(rooms(), sight(), after, actionsMax, encoder);
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
    <T> CompletionStage<Missed<T>> missed(Sight visibility, Seq after, Seq upTo, Encoder<T> encoder) {
        return backlog.read(rooms(), visibility, returning, after, upTo, encoder);
    }
}
