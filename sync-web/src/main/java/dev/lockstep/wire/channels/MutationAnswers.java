package dev.lockstep.wire.channels;

import dev.lockstep.api.Seq;
import dev.lockstep.wire.channels.subscription.Channel;
import dev.lockstep.wire.socket.Connection;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.PlacedResponses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers to mutations of a client 1.x. The greatest stamp of the rows that such a client has is its position, and an answer
 * brings a row. So an answer has a place among the changes of a channel that the client has subscribed to: after the snapshot
 * and all earlier changes, and before the later ones. Thread-safe.
 */
final class MutationAnswers {
    private final Connection connection;
    private final ChannelPolicy policy;
    private final Map<String, PlacedResponses> channels = new HashMap<>();

    MutationAnswers(Connection connection, ChannelPolicy policy) {
        this.connection = connection;
        this.policy = policy;
    }

    /**
     * Sends an answer; at once if the client receives no changes of the channel.
     *
     * @param place it leaves after the changes up to here
     * @param latest the position up to which its content is current
     * @param frames leave together
     * @return false if the client has been sent a later change, so that the answer is outdated
     */
    boolean send(Channel channel, Seq place, Seq latest, List<Frame> frames) {
        boolean isPlaced;
        synchronized (channels) {
            PlacedResponses placed = channels.get(channel.name());
            isPlaced = placed != null;
            if (placed != null && !placed.add(place, latest, frames)) {
                return false;
            }
            if (placed != null && placed.size() > ChannelPolicy.CHANNEL_RESPONSES_MAX) {
                connection.close(policy.flooding().code(), policy.flooding().reason());
            }
        }
        if (isPlaced) {
            connection.responsesAdded();
        } else {
            frames.forEach(connection::send);
        }
        return true;
    }

    /**
     * Keeps changes of a channel back while a row is read for an answer.
     *
     * @return to be run when the answer is sent
     */
    Runnable hold(Channel channel) {
        synchronized (channels) {
            PlacedResponses placed = channels.get(channel.name());
            if (placed == null) {
                return () -> {};
            }
            PlacedResponses.Hold hold = placed.hold();
            return () -> {
                hold.end();
                connection.responsesAdded();
            };
        }
    }

    /** The client subscribes to a channel. Answers wait from now on until the snapshot is sent. */
    PlacedResponses begin(Channel channel) {
        synchronized (channels) {
            PlacedResponses before = channels.get(channel.name());
            PlacedResponses next = before == null ? new PlacedResponses() : before.successor();
            channels.put(channel.name(), next);
            return next;
        }
    }

    /** The client receives no changes of a channel any more. The answers that wait are sent. */
    void end(String channel) {
        List<Frame> left;
        synchronized (channels) {
            PlacedResponses placed = channels.remove(channel);
            left = placed == null ? List.of() : placed.takeAll();
        }
        left.forEach(connection::send);
    }
}
