package dev.lockstep.wire.channels;

import dev.lockstep.access.GuardedCollections;
import dev.lockstep.access.RowsRequest;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Row;
import dev.lockstep.wire.channels.frame.UnversionedFrames;
import dev.lockstep.wire.channels.subscription.Channel;
import dev.lockstep.wire.socket.Frame;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Answers to clients 1.x that depend on whether a row still exists: such a client stores the row of an older answer, or restores
 * the row of a refused update, and would keep a row that is deleted. Thread-safe.
 */
@ApplicationScoped
class ExistingRowAnswers {
    @Inject
    private GuardedCollections collections;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    /**
     * Reads a row, then sends one of two answers. The frames of an answer leave together: a client that lost its socket between
     * them would keep the row. A failed read is no answer: the client connects and sends the mutation again. Does not block.
     *
     * @param present the frames if the row exists, which is given as the client may see it
     * @param missing the frames if it does not
     */
    void send(
            ChannelsSession session,
            Channel channel,
            String key,
            Function<String, List<Frame>> present,
            List<Frame> missing) {
        EntityId id = new EntityId(key);
        var unused = row(session, channel, id)
                .thenCompose(row -> {
                    row.map(present).orElse(missing).forEach(session::send);
                    return row.isEmpty()
                            ? CompletableFuture.completedStage(null)
                            : row(session, channel, id)
                                    .thenAccept(now -> correct(session, channel, key, row.get(), now));
                })
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        session.connection()
                                .close(ChannelPolicy.CLOSED_TRY_AGAIN, "a row could not be read; connect again");
                    }
                });
    }

    /** The frame of a change that was committed after the first read may have left before the answer. */
    private static void correct(
            ChannelsSession session, Channel channel, String key, String sent, Optional<String> now) {
        if (!now.equals(Optional.of(sent))) {
            session.send(now.map(row -> UnversionedFrames.current(channel.name(), key, row))
                    .orElseGet(() -> UnversionedFrames.deleted(channel.name(), key)));
        }
    }

    /** The access chain may block, and answers come on the thread that delivers to all rooms. */
    private CompletionStage<Optional<String>> row(ChannelsSession session, Channel channel, EntityId id) {
        RowsRequest request = new RowsRequest(session.caller(), channel.room(), channel.model(), List.of(id));
        return CompletableFuture.supplyAsync(() -> collections.rows(request), (Executor) executor)
                .thenCompose(Function.identity())
                .thenApply(rows -> Optional.ofNullable(rows.get(id))
                        .map(Row::json)
                        .map(json -> session.stamps().row(channel, json)));
    }
}
