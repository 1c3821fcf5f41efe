package dev.lockstep.wire.channels;

import dev.lockstep.access.GuardedCollections;
import dev.lockstep.access.GuardedCollections.RoomRows;
import dev.lockstep.access.RowsRequest;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.wire.channels.subscription.Channel;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.socket.Frame;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Answers to clients 1.x that depend on whether a row still exists: such a client stores the row of an older answer, or restores
 * the row of a refused update, and would keep a row that is deleted. Thread-safe.
 */
@ApplicationScoped
class ExistingRowAnswers {
    /** After all changes: what is not shown depends on none. */
    private static final Seq LAST = new Seq(Long.MAX_VALUE);

    @Inject
    private GuardedCollections collections;

    /** Not a resource of the web application: the first answer may come on a thread without its naming context. */
    @Inject
    private EngineExecutor executor;

    /**
     * Reads a row, then sends one of two answers, which has its place among the changes of the channel where the row was read.
     * The frames of an answer leave together: a client that lost its socket between them would keep the row. A failed read is
     * no answer: the client connects and sends the mutation again. Does not block.
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
        RowsRequest request =
                new RowsRequest(session.caller(), channel.room(), channel.model(), List.of(new EntityId(key)));
        Runnable release = session.answers().hold(channel);
        // The access chain may block, and answers come on the thread that delivers to all rooms.
        var unused = CompletableFuture.supplyAsync(() -> collections.rows(request), executor)
                .thenCompose(Function.identity())
                .exceptionallyCompose(ExistingRowAnswers::unreadable)
                .thenAccept(read -> {
                    Optional<String> row = read.rows().values().stream()
                            .map(Row::json)
                            .map(json -> session.stamps().row(channel, json))
                            .findFirst();
                    List<Frame> frames = row.map(present).orElse(missing);
                    if (!session.answers().send(channel, read.last(), read.head(), frames)) {
                        send(session, channel, key, present, missing); // a change was on its way when the hold began
                    }
                })
                .whenComplete((done, failure) -> {
                    release.run();
                    if (failure != null) {
                        session.connection()
                                .close(ChannelPolicy.CLOSED_TRY_AGAIN, "a row could not be read; connect again");
                    }
                });
    }

    /** No row for a caller that may not read the channel: its client would send the mutation again for ever. */
    private static CompletionStage<RoomRows> unreadable(Throwable failure) {
        return FailureMapper.cause(failure) instanceof SyncException refused
                        && !refused.refusal().code().retryable()
                ? CompletableFuture.completedStage(new RoomRows(LAST, Seq.START, Map.of()))
                : CompletableFuture.failedStage(failure);
    }
}
