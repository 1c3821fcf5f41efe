package dev.lockstep.wire.livestore;

import dev.lockstep.api.hook.StoreRequest;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.http.ResponseBody;
import dev.lockstep.wire.livestore.StorePulls.Granted;
import dev.lockstep.wire.livestore.pull.HttpPull;
import dev.lockstep.wire.livestore.rpc.InvalidPayload;
import dev.lockstep.wire.livestore.rpc.PullRequest;
import dev.lockstep.wire.livestore.rpc.RpcAnswers;
import dev.lockstep.wire.livestore.rpc.RpcMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The requests by HTTP (contract, section 1.4). Each answer is one JSON array of messages. Thread-safe; may block. */
@ApplicationScoped
class HttpRequests {
    @Inject
    private StorePulls pulls;

    @Inject
    private StorePushes pushes;

    @Inject
    private StoreTrace trace;

    /** Answers a message. Fails for a ping of a caller who may not read the store: its client is not connected then. */
    CompletionStage<ResponseBody> answer(StoreRequest client, String text) {
        return switch (RpcMessage.of(text)) {
            case RpcMessage.Request request -> answer(client, request);
            case RpcMessage.Unreadable unreadable -> answer(RpcAnswers.defect(unreadable.defectJson()));
            case RpcMessage.Ping ping -> answer(RpcAnswers.PONG);
            case RpcMessage.Ack ack -> answer("");
            case RpcMessage.Interrupt interrupt -> answer("");
            case RpcMessage.Ignored ignored -> answer("");
        };
    }

    private CompletionStage<ResponseBody> answer(StoreRequest client, RpcMessage.Request request) {
        return switch (request.tag()) {
            case "SyncHttpRpc.Ping" ->
                pulls.read(client, false).thenApply(granted -> array(RpcAnswers.pinged(request.id())));
            case "SyncHttpRpc.Push" -> pushes.push(client, request).thenApply(HttpRequests::array);
            case "SyncHttpRpc.Pull" -> pull(client, request);
            default -> answer(RpcAnswers.defect(RpcAnswers.unknownTag(request.tag())));
        };
    }

    private static CompletionStage<ResponseBody> answer(String message) {
        return CompletableFuture.completedStage(array(message));
    }

    private static ResponseBody array(String messages) {
        return new ResponseBody.Json("[" + messages + "]");
    }

    private CompletionStage<ResponseBody> pull(StoreRequest client, RpcMessage.Request request) {
        PullRequest pull;
        try {
            pull = PullRequest.ofHttp(request);
        } catch (InvalidPayload invalid) {
            return answer(RpcAnswers.died(request.id(), invalid.message()));
        }
        if (!pull.storeId().equals(client.store().value())) {
            return answer(RpcAnswers.died(request.id(), "storeId: is not the one of the address"));
        }
        return trace.follow(client, request, pulls.begin(client, pull))
                .thenCompose(granted -> answer(request.id(), granted, pull.after()))
                .exceptionally(failure -> array(RpcAnswers.unknownError(
                        request.id(),
                        FailureMapper.refusal("Pull failed; its client sends it again", failure)
                                .message())));
    }

    private static CompletionStage<ResponseBody> answer(String requestId, Granted granted, long after) {
        if (granted.unknownBackendId().isPresent()) {
            return answer(RpcAnswers.backendIdMismatch(
                    requestId,
                    granted.reader().backendId(),
                    granted.unknownBackendId().get()));
        }
        return new HttpPull(requestId, granted.reader(), after).begin().thenApply(ResponseBody.Parts::new);
    }
}
