package dev.lockstep.wire.channels;

import dev.lockstep.access.ReadCapability;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.snapshot.ListChanges;
import dev.lockstep.snapshot.Snapshot;
import dev.lockstep.wire.channels.frame.VersionedFrames;
import dev.lockstep.wire.channels.frame.VersionedFrames.Page;
import dev.lockstep.wire.channels.request.ClientMessage.Subscribe;
import dev.lockstep.wire.channels.request.Limits;
import dev.lockstep.wire.channels.subscription.Channel;
import dev.lockstep.wire.channels.subscription.ChannelReads;
import dev.lockstep.wire.channels.subscription.PagedSnapshots.PagedSnapshot;
import dev.lockstep.wire.channels.subscription.RowPages;
import dev.lockstep.wire.channels.subscription.VersionedSubscription;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Subscriptions of clients since 2.0. A client sends the position that it has reached, and receives what has changed since; or
 * it receives all rows, in pages that it requests.
 *
 * <p>Each complete snapshot has a {@link View} of its own, whose name the client sends back. It tells a client that has all pages
 * from one that has not: the cursors of all pages but the last are below the position of the snapshot. Thread-safe.
 */
@ApplicationScoped
class VersionedSubscriber {
    private static final Logger LOG = System.getLogger(VersionedSubscriber.class.getName());

    @Inject
    private ChannelReads reads;

    /**
     * Subscribes to a channel, or sends its next page. Blocks on the database; throws a {@code SyncException} if the access chain
     * refuses.
     */
    void subscribe(ChannelsSession session, Channel channel, Subscribe request) {
        session.acknowledgements().hold(channel.name());
        boolean hasMore = false;
        try {
            hasMore = isMoreLeft(session, channel, request);
        } finally {
            if (!hasMore) {
                session.acknowledgements().release(channel.name());
            }
        }
    }

    private boolean isMoreLeft(ChannelsSession session, Channel channel, Subscribe request) {
        Optional<PagedSnapshot> begun = session.pages().take(request);
        session.leave(channel.name());
        ReadCapability rights = reads.rights(session.caller(), channel);
        if (begun.isPresent()) {
            return sendPage(session, channel, rights, begun.get(), false);
        }
        return !isResumed(session, channel, rights, request) && sendAll(session, channel, rights, request);
    }

    /** Sends what has changed since the client's cursor; false if the log cannot tell, or the client lacks pages. */
    private boolean isResumed(ChannelsSession session, Channel channel, ReadCapability rights, Subscribe request) {
        if (request.isFull() || request.cursor().isEmpty()) {
            return false;
        }
        Seq cursor = new Seq(request.cursor().getAsLong());
        if (!View.isComplete(request.viewVersion(), cursor)) {
            return false;
        }
        Optional<ListChanges> changes = reads.since(session.caller(), channel, cursor);
        if (changes.isEmpty()) {
            return false;
        }
        List<EntityId> gone =
                changes.get().gone().stream().filter(id -> !Limits.isLongId(id)).toList();
        try (RowPages rows = RowPages.thatFit(changes.get().rows())) {
            String first = rows.next();
            if (rows.hasNext() || rows.hasOmitted() || characters(gone) > Limits.FRAME_BYTES_MAX - RowPages.BYTES_MAX) {
                // The changes follow one by one: a page with a part of them would have no position.
                send(
                        session,
                        channel,
                        request,
                        new Page(false, "", List.of(), cursor.value(), false, request.viewVersion()));
                follow(session, channel, rights, cursor);
            } else {
                Seq position = changes.get().position();
                send(
                        session,
                        channel,
                        request,
                        new Page(false, first, gone, position.value(), false, request.viewVersion()));
                follow(session, channel, rights, position);
            }
        }
        return true;
    }

    /** The length of deletes in a frame, at most: an id may be escaped. */
    private static long characters(List<EntityId> gone) {
        int others = "{\"kind\":\"delete\",\"key\":\"\"},".length();
        return gone.stream().mapToLong(id -> others + 6L * id.value().length()).sum();
    }

    /** Sends the first page of all rows; whether there are more. */
    private boolean sendAll(ChannelsSession session, Channel channel, ReadCapability rights, Subscribe request) {
        Snapshot snapshot = reads.all(session.caller(), channel);
        RowPages pages = session.closedAtEnd(RowPages.thatFit(snapshot.rows()));
        long position = snapshot.position().value();
        String requestId = request.requestId().orElse("");
        return sendPage(
                session,
                channel,
                rights,
                new PagedSnapshot(
                        requestId,
                        pages,
                        position,
                        View.of(position),
                        request.cursor().orElse(-1)),
                true);
    }

    private static void send(ChannelsSession session, Channel channel, Subscribe request, Page page) {
        session.send(VersionedFrames.snapshot(request.requestId().orElse(""), channel.name(), page));
    }

    /** Sends a page; whether there are more. */
    private static boolean sendPage(
            ChannelsSession session, Channel channel, ReadCapability rights, PagedSnapshot left, boolean isFirst) {
        String rows = left.pages().next();
        boolean hasMore = left.pages().hasNext();
        // The client refuses a page whose cursor is not greater than the one before it.
        long cursor = hasMore ? left.cursor() + 1 : left.position();
        if (hasMore && cursor >= left.position()) {
            left.pages().close();
            beginAnew(session, channel, left, isFirst);
            return false;
        }
        session.send(VersionedFrames.snapshot(
                left.requestId(),
                channel.name(),
                new Page(isFirst, rows, List.of(), cursor, hasMore, Optional.of(left.view()))));
        if (hasMore) {
            session.pages()
                    .keep(
                            channel.name(),
                            new PagedSnapshot(left.requestId(), left.pages(), left.position(), left.view(), cursor));
        } else {
            if (left.pages().hasOmitted()) {
                LOG.log(
                        Level.WARNING,
                        "channel={0}: rows of more than {1} bytes, or with an id of more than {2} characters, are not shown to "
                                + "clients of 2.0, which drop such frames",
                        channel.canonicalName(),
                        String.valueOf(Limits.ROW_BYTES_MAX),
                        String.valueOf(Limits.ID_CHARACTERS_MAX));
            }
            follow(session, channel, rights, new Seq(left.position()));
        }
        return hasMore;
    }

    /** There are too few positions above the client's cursor for the pages. Without its cursor there are more. */
    private static void beginAnew(ChannelsSession session, Channel channel, PagedSnapshot left, boolean isFirst) {
        if (!isFirst || left.cursor() < 0) {
            throw new SyncException(
                    ErrorCode.TOO_LARGE, "The channel has more pages of rows than the log has positions");
        }
        session.send(VersionedFrames.snapshot(
                left.requestId(),
                channel.name(),
                new Page(true, "", List.of(), left.cursor(), false, Optional.of(View.incomplete()))));
        session.send(VersionedFrames.reset(channel.name()));
    }

    private static void follow(ChannelsSession session, Channel channel, ReadCapability rights, Seq from) {
        session.subscribed(
                channel,
                session.connection()
                        .subscribe(
                                rights.forReturning(session.caller()),
                                new VersionedSubscription(channel.name(), from)));
    }

    /** Names of views: the position of a snapshot, and a random part, because a view must not return. */
    static final class View {
        private static final int RADIX = 36;

        private View() {}

        static String of(long position) {
            return position + "-" + random();
        }

        /** The name of a view of which no cursor is complete. */
        static String incomplete() {
            return Long.MAX_VALUE + "-" + random();
        }

        private static String random() {
            return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), RADIX);
        }

        /** Whether a client with this view and cursor has all pages. Without a view, the rows are of another server. */
        static boolean isComplete(Optional<String> view, Seq cursor) {
            if (view.isEmpty()) {
                return true;
            }
            int end = view.get().indexOf('-');
            try {
                return end > 0 && Long.parseLong(view.get().substring(0, end)) <= cursor.value();
            } catch (NumberFormatException foreign) {
                return false;
            }
        }
    }
}
