package dev.lockstep.wire.livestore.pull;

import dev.lockstep.access.StoreReader;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.livestore.rpc.ChunkWriter;
import dev.lockstep.wire.livestore.rpc.RpcAnswers;
import dev.lockstep.wire.socket.Connection;
import dev.lockstep.wire.socket.ConnectionPolicy;
import dev.lockstep.wire.socket.Frame;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A pull of a socket that ends where the store ends: a chunk follows when the client has acknowledged the one before, the exit
 * follows the last one. Thread-safe.
 */
public final class OneTimePull implements StorePull {
    private final Consumer<Frame> sending;
    private final String requestId;
    private final String backendId;
    private final Runnable onEnded;
    private final StorePages pages;
    private boolean isAckDue;
    private boolean isEndSent;
    private boolean isEnded;

    /**
     * A pull of the events after a number.
     *
     * @param onEnded runs once, when the exit was sent
     */
    public static OneTimePull of(
            Connection connection, String requestId, StoreReader reader, long after, Runnable onEnded) {
        return new OneTimePull(
                new Answer(requestId, reader.backendId()),
                connection::send,
                onEnded,
                sendNext -> new StorePages(reader::page, after, sendNext, failure -> close(connection, failure)));
    }

    /** The parts of all answers to one pull. */
    record Answer(String requestId, String backendId) {}

    /** @param pages makes the pages, given what runs when there may be a part */
    OneTimePull(Answer answer, Consumer<Frame> sending, Runnable onEnded, Function<Runnable, StorePages> pages) {
        this.sending = sending;
        this.requestId = answer.requestId();
        this.backendId = answer.backendId();
        this.onEnded = onEnded;
        this.pages = pages.apply(this::sendNext);
    }

    private static void close(Connection connection, Throwable failure) {
        var unused = FailureMapper.refusal("A page of an event store could not be read; the socket is closed", failure);
        connection.close(ConnectionPolicy.CLOSED_FAULT, "the backlog could not be read; reconnect");
    }

    @Override
    public void begin() {
        sendNext();
    }

    @Override
    public synchronized void acknowledged() {
        isAckDue = false;
        sendNext();
    }

    private synchronized void sendNext() {
        if (isAckDue || isEnded) {
            return;
        }
        if (isEndSent) {
            isEnded = true;
            sending.accept(new Frame(RpcAnswers.pulled(requestId)));
            onEnded.run();
            return;
        }
        StorePages.Part part = pages.next();
        if (part != null) {
            isAckDue = true;
            isEndSent = part.remaining() == 0;
            sending.accept(new Frame(ChunkWriter.chunk(requestId, backendId, part.events(), part.remaining())));
        }
    }

    @Override
    public synchronized void end() {
        isEnded = true;
    }

    /** The pull ends soon, and its events were granted when it began. */
    @Override
    public void updateRights(StoreReader granted) {}
}
