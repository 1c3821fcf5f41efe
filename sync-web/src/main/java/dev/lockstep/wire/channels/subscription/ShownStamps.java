package dev.lockstep.wire.channels.subscription;

import dev.lockstep.wire.channels.frame.RowStamps;
import dev.lockstep.wire.socket.Frame;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The least stamp that a client 1.x is shown. Such a client ignores a row with an earlier stamp than its own, so a client whose
 * clock is ahead would ignore the rows of others. The stored stamps are the server's. Thread-safe.
 */
public final class ShownStamps {
    /** Most that a client's clock may be ahead. Later stamps count as that much. */
    static final Duration SKEW_MAX = Duration.ofDays(1);

    /** The depth of rows in frames of each type. */
    private static final int DEPTH_OF_CHANGE = 2;

    private static final int DEPTH_OF_SNAPSHOT = 3;
    private static final int DEPTH_OF_BATCH = 4;

    private final InstantSource clock;
    private final AtomicLong least = new AtomicLong();

    public ShownStamps(InstantSource clock) {
        this.clock = clock;
    }

    /** The client has a row with this stamp. A stamp that is not in the future counts for nothing. */
    public void known(@Nullable Object stamp) {
        RowStamps.millis(stamp).ifPresent(millis -> {
            long now = clock.millis();
            if (millis > now) {
                least.accumulateAndGet(Math.min(millis, now + SKEW_MAX.toMillis()), Math::max);
            }
        });
    }

    /** A row as the client is shown it. */
    public String row(Channel channel, String json) {
        return shown(channel, json, 1).orElse(json);
    }

    /** A frame of a channel as the client is shown it. */
    Frame frame(Channel channel, Frame shared) {
        if (least.get() == 0) {
            return shared;
        }
        String text = shared.text();
        int depth = text.startsWith("{\"type\":\"change\"")
                ? DEPTH_OF_CHANGE
                : text.startsWith("{\"type\":\"batch\"") ? DEPTH_OF_BATCH : DEPTH_OF_SNAPSHOT;
        return shown(channel, text, depth)
                .map(raised -> new Frame(raised, shared.position()))
                .orElse(shared);
    }

    private Optional<String> shown(Channel channel, String json, int depth) {
        long millis = least.get();
        return millis == 0
                ? Optional.empty()
                : channel.stampField().map(field -> RowStamps.raised(json, field, depth, millis));
    }
}
