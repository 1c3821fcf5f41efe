package dev.lockstep.wire.http;

/** The body of a response that {@link ResponseSender} sends. Its owner sends it once, or closes it. */
public sealed interface ResponseBody {
    /** JSON in one piece. */
    record Json(String json) implements ResponseBody {}

    /** Bytes that several responses share. */
    record Shared(SharedBytes page) implements ResponseBody {}

    /** Lines of rows from a spool. */
    record Lines(SpooledStream stream) implements ResponseBody {}

    /** JSON in parts. */
    record Parts(ResponseParts parts) implements ResponseBody {}

    /** Releases a body that is not sent. */
    default void close() {
        switch (this) {
            case Json whole -> {}
            case Shared page -> page.page().close();
            case Lines lines -> lines.stream().close();
            case Parts unread -> {}
        }
    }
}
