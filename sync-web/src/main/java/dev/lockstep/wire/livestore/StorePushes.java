package dev.lockstep.wire.livestore;

import dev.lockstep.access.GuardedStores;
import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.hook.StoreRequest;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.wire.application.PeriodicTasks;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.livestore.hook.StoreHooks;
import dev.lockstep.wire.livestore.rpc.InvalidPayload;
import dev.lockstep.wire.livestore.rpc.PushRequest;
import dev.lockstep.wire.livestore.rpc.PushRequest.InvalidBatch;
import dev.lockstep.wire.livestore.rpc.RpcAnswers;
import dev.lockstep.wire.livestore.rpc.RpcMessage;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Pushes of both transports (contract, section 1.3). Thread-safe; may block, and runs application code. */
@ApplicationScoped
class StorePushes {
    private static final String FAILED = "Push failed; its client sends it again";

    @Inject
    private GuardedStores stores;

    @Inject
    private LiveStoreDialect dialect;

    @Inject
    private ServedApplication application;

    @Inject
    private StoreHooks hooks;

    @Inject
    private Metrics metrics;

    @Inject
    private StoreTrace trace;

    @Inject
    private PeriodicTasks tasks;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    /**
     * Appends a batch. The stage completes with the answer and never fails; after an append, on the publisher thread. A push
     * over a rate limit waits first.
     */
    CompletionStage<String> push(StoreRequest client, RpcMessage.Request request) {
        return trace.follow(client, request, answer(client, request));
    }

    private CompletionStage<String> answer(StoreRequest client, RpcMessage.Request request) {
        PushRequest push;
        try {
            push = PushRequest.of(request);
        } catch (InvalidPayload invalid) {
            return answer(RpcAnswers.died(request.id(), invalid.message()));
        }
        if (!push.storeId().equals(client.store().value())) {
            return answer(RpcAnswers.died(request.id(), "storeId: is not the one of the address"));
        }
        if (push.batch().isEmpty()) {
            return answer(RpcAnswers.pushed(request.id()));
        }
        try {
            List<StoreEvent> events = push.events();
            Duration wait = dialect.pushLimits()
                    .take(
                            client,
                            dialect.room(client.store()),
                            events.getFirst().client(),
                            events.size());
            if (wait.isZero()) {
                return admitted(client, request.id(), push, events);
            }
            metrics.of(application.name()).pushDelayed();
            return CompletableFuture.supplyAsync(
                            () -> admitted(client, request.id(), push, events), tasks.after(wait, executor))
                    .thenCompose(answer -> answer);
        } catch (InvalidBatch invalid) {
            return answer(refused(request.id(), new Refusal(ErrorCode.INVALID, invalid.message())));
        } catch (SyncException tooFast) {
            return answer(refused(request.id(), tooFast.refusal()));
        }
    }

    private CompletionStage<String> admitted(
            StoreRequest client, String requestId, PushRequest push, List<StoreEvent> events) {
        try {
            hooks.beforePush(client, events);
            return append(client, requestId, push, events);
        } catch (RuntimeException e) { // of a hook
            return answer(refused(requestId, FailureMapper.refusal(FAILED, e)));
        }
    }

    private static CompletionStage<String> answer(String json) {
        return CompletableFuture.completedStage(json);
    }

    private String refused(String requestId, Refusal refusal) {
        metrics.of(application.name()).pushRefused(refusal.code());
        return RpcAnswers.unknownError(requestId, refusal.message());
    }

    private CompletionStage<String> append(
            StoreRequest client, String requestId, PushRequest push, List<StoreEvent> events) {
        RoomId room = dialect.room(client.store());
        Mutation append = new Mutation(
                client.caller(),
                room,
                Operation.APPEND,
                List.of(new Change.Append(events, push.backendId())),
                Optional.empty(),
                Optional.empty());
        return stores.append(append).handle((result, failure) -> {
            if (result instanceof MutationResult.Applied) {
                hooks.afterPush(room, client, events);
                return RpcAnswers.pushed(requestId);
            }
            Refusal refusal = result instanceof MutationResult.Refused refused
                    ? refused.refusal()
                    : FailureMapper.refusal(FAILED, failure);
            return refusal(requestId, push, refusal);
        });
    }

    private static String refusal(String requestId, PushRequest push, Refusal refusal) {
        Optional<Row> current = refusal.current();
        if (refusal.code() == ErrorCode.HEAD_MOVED && current.isPresent()) {
            return RpcAnswers.serverAhead(
                    requestId, Long.parseLong(current.get().id().value()), push.parent());
        }
        if (refusal.code() == ErrorCode.STORE_RESET && current.isPresent()) {
            return RpcAnswers.backendIdMismatch(
                    requestId,
                    PlainJson.member(current.get().json(), "backendId").orElse(""),
                    push.backendId().orElse(""));
        }
        return RpcAnswers.unknownError(requestId, refusal.message());
    }
}
