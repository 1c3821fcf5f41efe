package dev.lockstep.wire.strata;

/** The successful response to a request. */
sealed interface StrataResponse {
    /** JSON in one piece. */
    record Whole(String json) implements StrataResponse {}

    /** A page of deltas. The owner sends it once, or closes it. */
    record Page(DeltaPage page) implements StrataResponse {}

    /** Lines of spooled rows. The owner sends them once, or closes them. */
    record Lines(SpooledStream stream) implements StrataResponse {}

    /** Releases a response that is not sent. */
    default void close() {
        switch (this) {
            case Whole whole -> {}
            case Page page -> page.page().close();
            case Lines lines -> lines.stream().close();
        }
    }
}
