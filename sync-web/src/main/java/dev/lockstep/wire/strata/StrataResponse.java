package dev.lockstep.wire.strata;

/** What a request is answered with, if it is not refused. */
sealed interface StrataResponse {
    /** JSON in one piece. */
    record Whole(String json) implements StrataResponse {}

    /** A page of deltas. Whoever has it sends it once, or closes it. */
    record Page(DeltaPage page) implements StrataResponse {}

    /** Lines of rows that were set aside. Whoever has it sends it once, or closes it. */
    record Lines(SpooledStream stream) implements StrataResponse {}

    /** Lets go of what nobody will read. */
    default void close() {
        switch (this) {
            case Whole whole -> {}
            case Page page -> page.page().close();
            case Lines lines -> lines.stream().close();
        }
    }
}
