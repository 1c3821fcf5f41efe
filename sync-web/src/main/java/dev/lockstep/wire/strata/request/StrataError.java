package dev.lockstep.wire.strata.request;

import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Refusal with status and JSON of the contract, section 1.0. The order of keys is fixed. */
public final class StrataError extends RuntimeException {
    /** Counter of requests that failed validation, for their ids in the error, as in the original server. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private static final int TOO_MANY_REQUESTS = 429; // RFC 6585, section 4

    private static final int SERVER_ERROR = 500; // the first server error

    private static final int SERVICE_UNAVAILABLE = 503;

    private final int status;
    private final String json;

    private StrataError(int status, String json) {
        super(status + " " + json);
        this.status = status;
        this.json = json;
    }

    public int status() {
        return status;
    }

    public String json() {
        return json;
    }

    /** Whether the client may repeat the request after a pause. */
    public boolean mayPass() {
        return status == TOO_MANY_REQUESTS || status == SERVICE_UNAVAILABLE;
    }

    /** The fault of one field in a body or a query. */
    record Detail(String field, String message) {
        private JsonObject json() {
            return new JsonObject().with("field", field).with("message", message);
        }
    }

    /** @param transaction the id of the faulty transaction: its client drops it, and sends the others again */
    static StrataError invalidBody(Optional<String> transaction, List<Detail> details) {
        return invalid(transaction, details, "body");
    }

    static StrataError invalidQuery(List<Detail> details) {
        return invalid(Optional.empty(), details, "query");
    }

    private static StrataError invalid(Optional<String> transaction, List<Detail> details, String source) {
        return new StrataError(
                400,
                new JsonObject()
                        .with("clientTxId", transaction)
                        .with("details", details.stream().map(Detail::json).toList())
                        .with("error", "Validation failed")
                        .with("requestId", "req-" + Long.toString(NUMBERS.incrementAndGet(), 36))
                        .with("source", source)
                        .toString());
    }

    static StrataError malformed() {
        return original(
                400,
                "INVALID_JSON_BODY",
                "Bad Request",
                "Body is not valid JSON but content-type is set to 'application/json'");
    }

    static StrataError emptyBody() {
        return original(
                400,
                "EMPTY_JSON_BODY",
                "Bad Request",
                "Body cannot be empty when content-type is set to 'application/json'");
    }

    static StrataError unknownType(String type) {
        return original(415, "INVALID_MEDIA_TYPE", "Unsupported Media Type", "Unsupported Media Type: " + type);
    }

    static StrataError tooLarge() {
        return original(413, "BODY_TOO_LARGE", "Payload Too Large", "Request body is too large");
    }

    private static StrataError original(int status, String code, String error, String message) {
        return new StrataError(
                status,
                new JsonObject()
                        .with("statusCode", status)
                        .with("code", "FST_ERR_CTP_" + code)
                        .with("error", error)
                        .with("message", message)
                        .toString());
    }

    public static StrataError noRoute(String method, String path) {
        return new StrataError(
                404,
                new JsonObject()
                        .with("message", "Route " + method + ":" + path + " not found")
                        .with("error", "Not Found")
                        .with("statusCode", 404)
                        .toString());
    }

    public static StrataError unauthorized(String error) {
        return new StrataError(401, error(error));
    }

    public static StrataError noGroups() {
        return new StrataError(500, error("Failed to resolve sync groups"));
    }

    public static StrataError bootstrapRequired() {
        return new StrataError(
                409,
                new JsonObject()
                        .with("error", "BOOTSTRAP_REQUIRED")
                        .with("message", "A fresh bootstrap is required before fetching deltas")
                        .toString());
    }

    /** The refusal for an exception. Details of an internal fault appear only in the server's log. */
    public static StrataError of(Throwable thrown) {
        if (FailureMapper.cause(thrown) instanceof StrataError refused) {
            return refused;
        }
        Refusal refusal = FailureMapper.refusal("Request failed with an internal error", thrown);
        return other(refusal.code().status(), refusal.message());
    }

    /** Whether the published client keeps what it sent in its outbox after this: status 429 or 500 and above. */
    public static boolean isRetried(Throwable thrown) {
        return switch (FailureMapper.cause(thrown)) {
            case StrataError refused -> refused.status() >= SERVER_ERROR || refused.status() == TOO_MANY_REQUESTS;
            case SyncException refused -> refused.refusal().code().retryable();
            default -> true;
        };
    }

    /** The refusal of a read while too many others run. */
    public static StrataError tooManyReaders(SyncException overloaded) {
        return other(TOO_MANY_REQUESTS, overloaded.refusal().message());
    }

    /** A refusal without a text in the contract. */
    private static StrataError other(int status, String message) {
        return new StrataError(status, error(message));
    }

    private static String error(String message) {
        return new JsonObject().with("error", message).toString();
    }
}
