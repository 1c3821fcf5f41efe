package dev.lockstep.wire.livestore;

import dev.lockstep.api.Refusal;
import dev.lockstep.wire.http.ErrorFormat;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.json.JsonObject;

/** Faults of the server in answers by HTTP. Refusals have the form of the contract, with the status 200. */
enum StoreErrorFormat implements ErrorFormat {
    INSTANCE;

    @Override
    public ErrorResponse of(Throwable failure) {
        Refusal refusal = FailureMapper.refusal("A request of a LiveStore client failed", failure);
        return new ErrorResponse(
                refusal.code().status(),
                new JsonObject().with("error", refusal.message()).toString(),
                refusal.code().retryable());
    }

    /** No answer of the dialect is a stream of lines. */
    @Override
    public String line(String message) {
        return "";
    }
}
