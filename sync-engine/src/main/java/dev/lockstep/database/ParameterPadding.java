package dev.lockstep.database;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Padding of parameter lists to a few lengths: otherwise each length would be a statement that is translated and prepared
 * anew. Measured on batches of up to 32 mutations: translating two queries with lists took a fourteenth of the server's
 * time.
 */
public final class ParameterPadding {
    private ParameterPadding() {}

    /** The values, with the last one repeated until their number is a power of two; an empty list stays empty. */
    public static <T> List<T> list(Collection<T> values) {
        List<T> padded = new ArrayList<>(values);
        if (!padded.isEmpty()) {
            int length = Integer.highestOneBit(Math.max(1, padded.size() - 1)) << (padded.size() > 1 ? 1 : 0);
            padded.addAll(Collections.nCopies(length - padded.size(), padded.getLast()));
        }
        return padded;
    }
}
