package dev.lockstep.room;

import dev.lockstep.api.Seq;
import dev.lockstep.log.Commit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A commit on its way to the followers of one room, with its encodings. Thread-safe. */
public final class Delivery {
    private final Commit commit;
    private final ConcurrentMap<Encoder<?>, Object> encoded = new ConcurrentHashMap<>(2);

    Delivery(Commit commit) {
        this.commit = commit;
    }

    Seq seq() {
        return commit.last();
    }

    /** An estimate of the memory that the commit keeps, in characters of JSON. */
    long characters() {
        return commit.actions().stream()
                .mapToLong(action -> action.entry().characters())
                .sum();
    }

    /** The commit in a dialect's frames, encoded by whoever asks first. */
    @SuppressWarnings("unchecked") // only the encoder's own result is kept under it
    public <T> T encodedBy(Encoder<T> encoder) {
        return (T) encoded.computeIfAbsent(encoder, key -> encoder.encode(commit));
    }
}
