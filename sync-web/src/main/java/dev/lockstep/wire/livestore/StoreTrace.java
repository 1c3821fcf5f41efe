package dev.lockstep.wire.livestore;

import dev.lockstep.api.hook.StoreRequest;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.trace.Trace;
import dev.lockstep.trace.TraceContext;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.livestore.rpc.RpcMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Log lines of requests that belong to a trace of their client, while steps are logged. Thread-safe. */
@ApplicationScoped
class StoreTrace {
    @Inject
    private Trace trace;

    @Inject
    private EngineExecutor executor;

    /** Logs the request when its answer is there. Returns the answer. */
    <T> CompletionStage<T> follow(StoreRequest client, RpcMessage.Request request, CompletionStage<T> answer) {
        Optional<TraceContext> context =
                trace.isEnabled() ? TraceContext.of(request.traceId().orElse(null)) : Optional.empty();
        if (context.isPresent()) {
            long begunNanos = System.nanoTime();
            var unused = answer.whenComplete((result, failure) -> {
                String step = request.tag() + " store="
                        + PlainJson.quote(client.store().value()) + " request="
                        + request.id() + " " + context.get() + " result=" + (failure == null ? "DONE" : "FAILED")
                        + " after=" + Trace.millis(Duration.ofNanos(System.nanoTime() - begunNanos));
                executor.execute(() -> trace.step(() -> step)); // not on the publisher's thread
            });
        }
        return answer;
    }
}
