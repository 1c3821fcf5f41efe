package dev.lockstep.wire.livestore.operator;

import dev.lockstep.access.StoreOperations;
import dev.lockstep.event.StorePage;
import dev.lockstep.event.StoreState;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.http.ResponseBody;
import dev.lockstep.wire.http.ResponseParts;
import dev.lockstep.wire.livestore.rpc.EventLine;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The events of a store as lines, read page by page while they are sent: one page at a time. If it cannot continue, its last
 * line has an error.
 */
final class StoreExport implements ResponseParts {
    private static final byte[] END = {};

    private final StoreOperations operations;
    private final StoreState store;
    private volatile byte @Nullable [] first;
    private volatile long after;
    private volatile boolean isEnded;

    /** @param after the number of the last event that is not wanted */
    StoreExport(StoreOperations operations, StoreState store, long after) {
        this.operations = operations;
        this.store = store;
        this.after = after;
    }

    /** The first page decides whether the request is refused. */
    CompletionStage<ResponseBody> begin() {
        return operations.page(store, after).thenApply(page -> {
            first = lines(page);
            return new ResponseBody.Parts(this);
        });
    }

    @Override
    public String type() {
        return "application/x-ndjson";
    }

    @Override
    public CompletionStage<byte[]> next() {
        byte[] begun = first;
        first = null;
        if (begun != null) {
            return CompletableFuture.completedStage(begun);
        }
        return isEnded
                ? CompletableFuture.completedStage(END)
                : operations.page(store, after).thenApply(this::lines).exceptionally(this::error);
    }

    private byte[] lines(StorePage page) {
        StringBuilder lines = new StringBuilder();
        page.events().forEach(event -> lines.append(EventLine.of(event.json(), event.stampMicros())));
        if (!page.events().isEmpty()) {
            after = page.events().getLast().number();
        }
        isEnded = page.remaining() == 0;
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] error(Throwable failure) {
        isEnded = true;
        String message =
                FailureMapper.refusal("An export cannot be continued", failure).message();
        return OperatorErrorFormat.INSTANCE.line(message).getBytes(StandardCharsets.UTF_8);
    }
}
