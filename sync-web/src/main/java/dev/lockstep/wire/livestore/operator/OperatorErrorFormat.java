package dev.lockstep.wire.livestore.operator;

import dev.lockstep.api.Refusal;
import dev.lockstep.wire.http.ErrorFormat;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.json.JsonObject;
import dev.lockstep.wire.json.RefusalJson;

/** Errors in the form of the native dialect: a code, and a sentence. */
enum OperatorErrorFormat implements ErrorFormat {
    INSTANCE;

    @Override
    public ErrorResponse of(Throwable failure) {
        Refusal refusal = FailureMapper.refusal("A request of an operator failed", failure);
        return new ErrorResponse(
                refusal.code().status(), RefusalJson.of(refusal), refusal.code().retryable());
    }

    @Override
    public String line(String message) {
        return new JsonObject().with("error", new JsonObject().with("message", message)) + "\n";
    }
}
