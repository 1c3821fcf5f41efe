package dev.lockstep.wire.strata;

/** What a request is answered with, if it is not refused. */
sealed interface StrataAnswer {
    /** JSON in one piece. */
    record Whole(String json) implements StrataAnswer {}

    /** A page of deltas. Whoever has it sends it once, or closes it. */
    record Page(StrataPage page) implements StrataAnswer {}

    /** Lines of rows that were set aside. Whoever has it sends it once, or closes it. */
    record Lines(StrataStream stream) implements StrataAnswer {}

    /** Lets go of what nobody will read. */
    default void close() {
        switch (this) {
            case Whole whole -> {}
            case Page page -> page.page().close();
            case Lines lines -> lines.stream().close();
        }
    }
}
