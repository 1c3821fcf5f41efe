package dev.lockstep.wire.livestore.rpc;

import dev.lockstep.wire.json.JsonObject;
import dev.lockstep.wire.json.PlainJson;
import org.jspecify.annotations.Nullable;

/** Writer of all answers but chunks (contract, sections 1.2 to 1.4), as one JSON object each. */
public final class RpcAnswers {
    public static final String PONG = "{\"_tag\":\"Pong\"}";

    private static final String TAG = "_tag";

    private RpcAnswers() {}

    /** The end of a pull. */
    public static String pulled(String requestId) {
        return exit(requestId, tagged("Success"));
    }

    /** The acknowledgement of a push. */
    public static String pushed(String requestId) {
        return exit(requestId, tagged("Success").with("value", new JsonObject()));
    }

    /** The answer to a ping by HTTP. */
    public static String pinged(String requestId) {
        return exit(requestId, tagged("Success").with("value", tagged("SyncMessage.Pong")));
    }

    /** The store has events that the client has not pulled. */
    public static String serverAhead(String requestId, long head, long parent) {
        return failed(
                requestId,
                new JsonObject()
                        .with("minimumExpectedNum", head)
                        .with("providedNum", parent)
                        .with(TAG, "ServerAheadError"));
    }

    /** The store was reset. The client drops its copy. */
    public static String backendIdMismatch(String requestId, String expected, String received) {
        return failed(
                requestId,
                new JsonObject()
                        .with("expected", expected)
                        .with("received", received)
                        .with(TAG, "BackendIdMismatchError"));
    }

    /** Any other refusal of a push. The client sends the same again. */
    public static String unknownError(String requestId, String message) {
        return failed(
                requestId,
                new JsonObject()
                        .with("cause", new JsonObject().with("name", "Error").with("message", message))
                        .with(TAG, "UnknownError"));
    }

    /** The payload does not have the contract's form. */
    public static String died(String requestId, String message) {
        return exit(requestId, tagged("Failure").with("cause", tagged("Die").with("defect", message)));
    }

    /** The client does not need the answer any more. */
    public static String interrupted(String requestId) {
        return exit(
                requestId, tagged("Failure").with("cause", tagged("Interrupt").with("fiberId", tagged("None"))));
    }

    private static String failed(String requestId, JsonObject error) {
        return exit(requestId, tagged("Failure").with("cause", tagged("Fail").with("error", error)));
    }

    private static String exit(String requestId, JsonObject exit) {
        return tagged("Exit").with("requestId", requestId).with("exit", exit).toString();
    }

    private static JsonObject tagged(String tag) {
        return new JsonObject().with(TAG, tag);
    }

    /** A message that belongs to no request. */
    public static String defect(String defectJson) {
        return tagged("Defect").withJson("defect", defectJson).toString();
    }

    /** The defect of an unknown message or procedure. */
    public static String unknownTag(@Nullable String tag) {
        return PlainJson.quote("Unknown request tag: " + (tag == null ? "undefined" : tag));
    }

    /** The defect of a message that is not JSON. */
    public static String syntaxError(String message) {
        return new JsonObject()
                .with("name", "SyntaxError")
                .with("message", message)
                .toString();
    }
}
