package dev.lockstep.wire.channels;

import dev.lockstep.wire.socket.Connection;
import dev.lockstep.wire.socket.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The acknowledgements of a client since 2.0. While it loads a channel they wait: it would put the row of a later page over the
 * row of the answer, and drop the change, whose revision it has by then. Thread-safe.
 */
final class Acknowledgements {
    private final Connection connection;
    private final ChannelPolicy policy;
    private final Map<String, List<Frame>> waiting = new HashMap<>();

    Acknowledgements(Connection connection, ChannelPolicy policy) {
        this.connection = connection;
        this.policy = policy;
    }

    /** The client begins to load a channel. Twice is the same as once. */
    void hold(String channel) {
        synchronized (waiting) {
            waiting.computeIfAbsent(channel, name -> new ArrayList<>());
        }
    }

    /** The client has been sent all pages of a channel, or will be sent none. */
    void release(String channel) {
        synchronized (waiting) {
            List<Frame> ready = waiting.remove(channel);
            if (ready != null) {
                ready.forEach(connection::send);
            }
        }
    }

    /** Sends an acknowledgement, or keeps it until the channel is loaded. */
    void send(String channel, Frame acknowledgement) {
        synchronized (waiting) {
            List<Frame> held = waiting.get(channel);
            if (held == null) {
                connection.send(acknowledgement);
            } else if (held.size() < ChannelPolicy.CHANNEL_RESPONSES_MAX) {
                held.add(acknowledgement);
            } else {
                connection.close(policy.flooding().code(), policy.flooding().reason());
            }
        }
    }
}
