package dev.lockstep.wire.livestore.rpc;

import dev.lockstep.wire.json.PlainJson;
import org.jspecify.annotations.Nullable;

/** Writer of all answers but chunks (contract, sections 1.2 to 1.4), as one JSON object each. */
public final class RpcAnswers {
    public static final String PONG = "{\"_tag\":\"Pong\"}";

    private RpcAnswers() {}

    /** The end of a pull. */
    public static String pulled(String requestId) {
        return exit(requestId, "{\"_tag\":\"Success\"}");
    }

    /** The acknowledgement of a push. */
    public static String pushed(String requestId) {
        return exit(requestId, "{\"_tag\":\"Success\",\"value\":{}}");
    }

    /** The answer to a ping by HTTP. */
    public static String pinged(String requestId) {
        return exit(requestId, "{\"_tag\":\"Success\",\"value\":{\"_tag\":\"SyncMessage.Pong\"}}");
    }

    /** The store has events that the client has not pulled. */
    public static String serverAhead(String requestId, long head, long parent) {
        return failed(
                requestId,
                "{\"minimumExpectedNum\":" + head + ",\"providedNum\":" + parent + ",\"_tag\":\"ServerAheadError\"}");
    }

    /** The store was reset. The client drops its copy. */
    public static String backendIdMismatch(String requestId, String expected, String received) {
        return failed(
                requestId,
                "{\"expected\":" + PlainJson.quote(expected) + ",\"received\":" + PlainJson.quote(received)
                        + ",\"_tag\":\"BackendIdMismatchError\"}");
    }

    /** Any other refusal of a push. The client sends the same again. */
    public static String unknownError(String requestId, String message) {
        return failed(
                requestId,
                "{\"cause\":{\"name\":\"Error\",\"message\":" + PlainJson.quote(message)
                        + "},\"_tag\":\"UnknownError\"}");
    }

    /** The payload does not have the contract's form. */
    public static String died(String requestId, String message) {
        return exit(
                requestId,
                "{\"_tag\":\"Failure\",\"cause\":{\"_tag\":\"Die\",\"defect\":" + PlainJson.quote(message) + "}}");
    }

    /** The client does not need the answer any more. */
    public static String interrupted(String requestId) {
        return exit(
                requestId, "{\"_tag\":\"Failure\",\"cause\":{\"_tag\":\"Interrupt\",\"fiberId\":{\"_tag\":\"None\"}}}");
    }

    private static String failed(String requestId, String error) {
        return exit(requestId, "{\"_tag\":\"Failure\",\"cause\":{\"_tag\":\"Fail\",\"error\":" + error + "}}");
    }

    private static String exit(String requestId, String exit) {
        return "{\"_tag\":\"Exit\",\"requestId\":\"" + requestId + "\",\"exit\":" + exit + "}";
    }

    /** A message that belongs to no request. */
    public static String defect(String defectJson) {
        return "{\"_tag\":\"Defect\",\"defect\":" + defectJson + "}";
    }

    /** The defect of an unknown message or procedure. */
    public static String unknownTag(@Nullable String tag) {
        return PlainJson.quote("Unknown request tag: " + (tag == null ? "undefined" : tag));
    }

    /** The defect of a message that is not JSON. */
    public static String syntaxError(String message) {
        return "{\"name\":\"SyntaxError\",\"message\":" + PlainJson.quote(message) + "}";
    }
}
