package dev.lockstep.wire.livestore.pull;

import dev.lockstep.access.StoreReader;
import dev.lockstep.wire.http.ResponseParts;
import dev.lockstep.wire.livestore.pull.StorePages.Part;
import dev.lockstep.wire.livestore.rpc.ChunkWriter;
import dev.lockstep.wire.livestore.rpc.RpcAnswers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The answer to a pull by HTTP, one chunk after another. Thread-safe. */
public final class HttpPull implements ResponseParts {
    private final String requestId;
    private final String backendId;
    private final StorePages pages;
    private @Nullable CompletableFuture<byte[]> awaited;
    private @Nullable CompletionStage<byte[]> first;
    private @Nullable Throwable failed;
    private boolean isBegun;
    private boolean isEnded;

    /** @param after the number of the last event that the client has */
    public HttpPull(String requestId, StoreReader reader, long after) {
        this(requestId, reader.backendId(), reader::page, after);
    }

    HttpPull(String requestId, String backendId, StorePages.Source source, long after) {
        this.requestId = requestId;
        this.backendId = backendId;
        this.pages = new StorePages(source, after, this::onAvailable, this::onFailure);
    }

    /** Reads the first part, while the request can still be refused. */
    public CompletionStage<ResponseParts> begin() {
        CompletionStage<byte[]> read = read();
        synchronized (this) {
            first = read;
        }
        return read.thenApply(part -> this);
    }

    @Override
    public CompletionStage<byte[]> next() {
        CompletionStage<byte[]> begun;
        synchronized (this) {
            begun = first;
            first = null;
        }
        return begun == null ? read() : begun;
    }

    private CompletionStage<byte[]> read() {
        CompletableFuture<byte[]> next = new CompletableFuture<>();
        synchronized (this) {
            if (failed != null) {
                return CompletableFuture.failedStage(failed);
            }
            if (isEnded) {
                return CompletableFuture.completedStage(new byte[0]);
            }
            awaited = next;
        }
        onAvailable();
        return next;
    }

    private void onAvailable() {
        CompletableFuture<byte[]> waiting;
        byte[] text;
        synchronized (this) {
            waiting = awaited;
            Part part = waiting == null ? null : pages.next();
            if (waiting == null || part == null) {
                return;
            }
            awaited = null;
            text = text(part);
        }
        waiting.complete(text);
    }

    private byte[] text(Part part) {
        String chunk = ChunkWriter.chunk(requestId, backendId, part.events(), part.remaining());
        String before = isBegun ? "," : "[";
        isBegun = true;
        isEnded = part.remaining() == 0;
        String after = isEnded ? "," + RpcAnswers.pulled(requestId) + "]" : "";
        return (before + chunk + after).getBytes(StandardCharsets.UTF_8);
    }

    private void onFailure(Throwable failure) {
        CompletableFuture<byte[]> waiting;
        synchronized (this) {
            waiting = awaited;
            awaited = null;
            failed = failure;
        }
        if (waiting != null) {
            waiting.completeExceptionally(failure);
        }
    }
}
