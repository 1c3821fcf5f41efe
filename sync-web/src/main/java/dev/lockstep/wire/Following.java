package dev.lockstep.wire;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Seq;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Follower.Joined;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a socket is to be sent.
 *
 * @param encoder makes the frames of a commit
 * @param hello makes the first frame
 * @param resuming where the client left off; empty for one that begins anew each time
 */
public record Following(Encoder<List<Frame>> encoder, Function<Joined, Frame> hello, Optional<Resuming> resuming) {
    /**
     * A client that has seen something already.
     *
     * @param cursor everything up to it
     * @param lost makes the frame that tells that the log cannot tell what came after it
     * @param purged makes the frame that tells to drop what is known of a collection, and to read it anew
     */
    public record Resuming(Seq cursor, Function<Joined, Frame> lost, Function<CollectionName, Frame> purged) {}
}
