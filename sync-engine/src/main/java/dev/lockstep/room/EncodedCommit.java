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
public final class EncodedCommit {
    /** Most parts that are cached for subscribers with equal visibility. Further ones are computed for each session. */
    static final int PARTS_MAX = 16;

    private final Commit commit;
    private final Runnable onFirst;
    private final ConcurrentMap<Encoder<?>, Object> encoded = new ConcurrentHashMap<>(2);
    private final ConcurrentMap<Set<CollectionName>, Optional<EncodedCommit>> parts = new ConcurrentHashMap<>(2);
    private final ConcurrentMap<Object, EncodedCommit> shown = new ConcurrentHashMap<>(2);

    /** A commit without a listener. */
    EncodedCommit(Commit commit) {
        this(commit, () -> {});
    }

    /**
     * The same.
     *
     * @param onFirst called each time it is encoded for the first session of a dialect; must not block
     */
    EncodedCommit(Commit commit, Runnable onFirst) {
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
    Optional<EncodedCommit> of(Set<CollectionName> collections) {
        return parts.computeIfAbsent(
                collections,
                these -> commit.of(these).map(part -> part.equals(commit) ? this : new EncodedCommit(part, onFirst)));
    }

    /** The commit itself, for dialects that decide by its content whether it is sent. */
    public Commit commit() {
        return commit;
    }

    /** Whether it holds the last action of its mutation. */
    boolean endsCommit() {
        return commit.last().equals(commit.end());
    }

    boolean isOfOneMutationWith(EncodedCommit other) {
        return commit.end().equals(other.commit.end());
    }

    /** The parts of a mutation in several rooms as one delivery; encoded for each session, as this is rare. */
    static EncodedCommit joined(List<EncodedCommit> parts) {
        return parts.size() == 1
                ? parts.getFirst()
                : new EncodedCommit(
                        Commit.joined(parts.stream().map(EncodedCommit::commit).toList())
                                .getFirst(),
                        parts.getFirst().onFirst);
    }

    /** Whether it contains an action of this kind. For dialects that do not send the same to all. */
    public boolean contains(LogEntry.Kind kind) {
        return commit.actions().stream().anyMatch(action -> action.entry().kind() == kind);
    }

    /** The part for subscribers with this key. */
    EncodedCommit part(Object key, UnaryOperator<Commit> made) {
        EncodedCommit known = shown.get(key);
        if (known != null) {
            return known;
        }
        EncodedCommit part = new EncodedCommit(made.apply(commit), onFirst);
        EncodedCommit since = shown.size() < PARTS_MAX ? shown.putIfAbsent(key, part) : null;
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
