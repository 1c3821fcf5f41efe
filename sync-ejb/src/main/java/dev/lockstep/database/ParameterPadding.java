package dev.lockstep.database;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Lists of parameters, in a few lengths only: a statement for each length would be translated and prepared anew each time.
 * Measured on groups of up to 32 mutations: translating two queries with lists was a fourteenth of the server's time.
 */
public final class ParameterPadding {
    private ParameterPadding() {}

    /** The same values, the last of them repeated until their number is a power of two; none, if there are none. */
    public static <T> List<T> list(Collection<T> values) {
        List<T> padded = new ArrayList<>(values);
        if (!padded.isEmpty()) {
            int length = Integer.highestOneBit(Math.max(1, padded.size() - 1)) << (padded.size() > 1 ? 1 : 0);
            padded.addAll(Collections.nCopies(length - padded.size(), padded.getLast()));
        }
        return padded;
    }
}
