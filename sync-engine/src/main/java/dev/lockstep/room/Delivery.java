package dev.lockstep.room;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Seq;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/** A commit for the subscribers of one room, with its encodings. Thread-safe. */
public final class Delivery {
    /** Most parts that are cached for subscribers with equal visibility. Further ones are computed for each session. */
    static final int PARTS_MAX = 16;

    private final Commit commit;
    private final Runnable onFirst;
    private final ConcurrentMap<Encoder<?>, Object> encoded = new ConcurrentHashMap<>(2);
    private final ConcurrentMap<Set<CollectionName>, Optional<Delivery>> parts = new ConcurrentHashMap<>(2);
    private final ConcurrentMap<Object, Delivery> shown = new ConcurrentHashMap<>(2);

    /** A commit without a listener. */
    Delivery(Commit commit) {
        this(commit, () -> {});
    }

    /**
     * The same.
     *
     * @param onFirst called each time it is encoded for the first session of a dialect; must not block
     */
    Delivery(Commit commit, Runnable onFirst) {
        this.commit = commit;
        this.onFirst = onFirst;
    }

    /** The last position of the room's part. */
    public Seq seq() {
        return commit.last();
    }

    /** An estimate of the memory that the commit keeps, in characters of JSON. */
    long characters() {
        return commit.actions().stream()
                .mapToLong(action -> action.entry().characters())
                .sum();
    }

    /** The part for subscribers of only these collections, one object for all of them; empty if there is none. */
    Optional<Delivery> of(Set<CollectionName> collections) {
        return parts.computeIfAbsent(
                collections,
                these -> commit.of(these).map(part -> part.equals(commit) ? this : new Delivery(part, onFirst)));
    }

    /** The commit itself, for dialects that decide by its content whether it is sent. */
    public Commit commit() {
        return commit;
    }

    /** Whether it holds the last action of its mutation. */
    boolean endsCommit() {
        return commit.last().equals(commit.end());
    }

    boolean isOfOneMutationWith(Delivery other) {
        return commit.end().equals(other.commit.end());
    }

    /** The parts of a mutation in several rooms as one delivery; encoded for each session, as this is rare. */
    static Delivery joined(List<Delivery> parts) {
        return parts.size() == 1
                ? parts.getFirst()
                : new Delivery(
                        Commit.joined(parts.stream().map(Delivery::commit).toList())
                                .getFirst(),
                        parts.getFirst().onFirst);
    }

    /** Whether it contains an action of this kind. For dialects that do not send the same to all. */
    public boolean contains(LogEntry.Kind kind) {
        return commit.actions().stream().anyMatch(action -> action.entry().kind() == kind);
    }

    /** The part for subscribers with this key. */
    Delivery part(Object key, UnaryOperator<Commit> made) {
        Delivery known = shown.get(key);
        if (known != null) {
            return known;
        }
        Delivery part = new Delivery(made.apply(commit), onFirst);
        Delivery since = shown.size() < PARTS_MAX ? shown.putIfAbsent(key, part) : null;
        return since == null ? part : since;
    }

    /** The commit in a dialect's frames, encoded on the first call. */
    @SuppressWarnings("unchecked") // the key is the encoder of the value
    public <T> T encodedBy(Encoder<T> encoder) {
        return (T) encoded.computeIfAbsent(encoder, key -> encode(encoder));
    }

    private <T> T encode(Encoder<T> encoder) {
        T frames = encoder.encode(commit);
        onFirst.run();
        return frames;
    }
}
