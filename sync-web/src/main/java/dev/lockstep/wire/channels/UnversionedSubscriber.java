package dev.lockstep.wire.channels;

import dev.lockstep.access.ReadCapability;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Seq;
import dev.lockstep.snapshot.ListChanges;
import dev.lockstep.snapshot.Snapshot;
import dev.lockstep.wire.channels.frame.RowStamps;
import dev.lockstep.wire.channels.request.ClientMessage.Subscribe;
import dev.lockstep.wire.channels.subscription.Channel;
import dev.lockstep.wire.channels.subscription.ChannelReads;
import dev.lockstep.wire.channels.subscription.RowPages;
import dev.lockstep.wire.channels.subscription.SnapshotFrames;
import dev.lockstep.wire.channels.subscription.UnversionedSubscription;
import dev.lockstep.wire.socket.ConnectionPolicy;
import dev.lockstep.wire.socket.PlacedResponses;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Subscriptions of clients 1.x. A client sends the greatest stamp that it knows, and receives what has changed since, deletes
 * included. A stamp that the server did not give is no position: the client receives all rows and all known deletes. Thread-safe.
 */
@ApplicationScoped
class UnversionedSubscriber {
    @Inject
    private ChannelReads reads;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    /** The first frames of a client: rows, then deletes. */
    private record Initial(boolean isDelta, RowPages rows, List<EntityId> gone, Seq position) {}

    /** Subscribes to a channel. Blocks on the database; throws a {@code SyncException} if the access chain refuses. */
    void subscribe(ChannelsSession session, Channel channel, Subscribe request) {
        PlacedResponses answers = session.answers().begin(channel);
        session.leave(channel.name());
        try {
            subscribe(session, channel, request, answers);
        } catch (RuntimeException refused) {
            session.answers().end(channel.name());
            throw refused;
        }
    }

    private void subscribe(ChannelsSession session, Channel channel, Subscribe request, PlacedResponses answers) {
        ReadCapability rights = reads.rights(session.caller(), channel);
        request.since().ifPresent(session.stamps()::known);
        Initial initial =
                request.since().map(since -> changes(session, channel, since)).orElseGet(() -> all(session, channel));
        session.closedAtEnd(initial.rows());
        answers.begin(initial.position());
        session.subscribed(
                channel,
                session.connection()
                        .subscribe(
                                rights.forReturning(session.caller()),
                                new UnversionedSubscription(
                                        channel,
                                        initial.position(),
                                        new SnapshotFrames(
                                                channel.name(), initial.isDelta(), initial.rows(), initial.gone()),
                                        session.stamps(),
                                        answers,
                                        executor,
                                        () -> session.connection()
                                                .close(
                                                        ConnectionPolicy.CLOSED_READ_ANEW,
                                                        "the log lacks changes; read anew"))));
    }

    private Initial changes(ChannelsSession session, Channel channel, String since) {
        Optional<Seq> position =
                RowStamps.millis(since).flatMap(stamp -> reads.before(session.caller(), channel, stamp));
        Optional<ListChanges> changes = reads.since(session.caller(), channel, position.orElse(Seq.START));
        if (changes.isEmpty()) {
            return all(session, channel);
        }
        ListChanges known = changes.get();
        if (position.isPresent()) {
            return new Initial(true, new RowPages(known.rows()), known.gone(), known.position());
        }
        new RowPages(known.rows()).close();
        // The rows are read after the deletes; what was deleted in between follows from the log.
        Snapshot snapshot = reads.byStamp(session.caller(), channel);
        return new Initial(true, new RowPages(snapshot.rows()), known.gone(), known.position());
    }

    private Initial all(ChannelsSession session, Channel channel) {
        Snapshot snapshot = reads.byStamp(session.caller(), channel);
        return new Initial(false, new RowPages(snapshot.rows()), List.of(), snapshot.position());
    }
}
