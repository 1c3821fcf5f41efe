package dev.lockstep.snapshot;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Lets few large snapshots be read at a time: each takes a connection and a processor for a while, and a restart brings
 * everybody back at once. Thread-safe.
 */
public final class ReadingTurns {
    /** Snapshots that are read at a time. More wait for their turn. */
    static final int READERS_MAX = 2;

    /** Snapshots that wait. One more is refused as {@code OVERLOADED}. */
    static final int WAITING_MAX = 64;

    private final Executor executor;
    private final Queue<Turn<?>> waiting = new ArrayDeque<>();
    private int reading;

    private record Turn<T>(Supplier<T> reader, CompletableFuture<T> read) {
        void take() {
            try {
                read.complete(reader.get());
            } catch (RuntimeException | Error e) { // others wait for the turn's end, and somebody for what is read
                read.completeExceptionally(e);
            }
        }
    }

    /** @param executor runs what is read, which blocks */
    ReadingTurns(Executor executor) {
        this.executor = executor;
    }

    /** Reads something when its turn has come. */
    public <T> CompletionStage<T> add(Supplier<T> reader) {
        Turn<T> turn = new Turn<>(reader, new CompletableFuture<>());
        synchronized (this) {
            if (reading >= READERS_MAX && waiting.size() >= WAITING_MAX) {
                return CompletableFuture.failedStage(new SyncException(
                        ErrorCode.OVERLOADED, "Too many are reading everything at the moment; ask again later"));
            }
            waiting.add(turn);
        }
        next();
        return turn.read();
    }

    private void next() {
        Turn<?> turn;
        synchronized (this) {
            turn = reading < READERS_MAX ? waiting.poll() : null;
            if (turn == null) {
                return;
            }
            reading++;
        }
        try {
            executor.execute(() -> {
                turn.take();
                ended();
            });
        } catch (RejectedExecutionException stopping) {
            turn.read()
                    .completeExceptionally(new SyncException(
                            ErrorCode.UNAVAILABLE, "The server is stopping; ask again later", stopping));
            ended();
        }
    }

    private void ended() {
        synchronized (this) {
            reading--;
        }
        next();
    }
}
