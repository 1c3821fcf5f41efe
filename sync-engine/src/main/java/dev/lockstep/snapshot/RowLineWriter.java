package dev.lockstep.snapshot;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Row;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.RowImage;
import dev.lockstep.database.ReaderThrottle;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Spools the visible rows of a query, many at a time. */
final class RowLineWriter {
    /** Characters per write to the spool. */
    private static final int CHARACTERS = 32 * 1024;

    /** Rows after which the reader yields to the writer: those of about a millisecond. */
    private static final int ROWS = 128;

    private final StringBuilder text = new StringBuilder(CHARACTERS + 1024);
    private final SnapshotQuery query;
    private final Spool spool;
    private final long bytesMax;
    private final ReaderThrottle.ThrottledRead throttledRead;
    private int read;
    private int count;

    /** @param bytesMax most bytes in the spool, existing ones included */
    RowLineWriter(SnapshotQuery query, Spool spool, long bytesMax, ReaderThrottle.ThrottledRead throttledRead) {
        this.query = query;
        this.spool = spool;
        this.bytesMax = bytesMax;
        this.throttledRead = throttledRead;
    }

    void add(RowImage image) {
        if (++read % ROWS == 0) {
            throttledRead.pauseIfWriterIsBusy();
        }
        Row row = image.row();
        if (!isShown(image, row)) {
            return;
        }
        query.line().append(text, row.json());
        count++;
        if (text.length() >= CHARACTERS) {
            flush();
        }
    }

    private boolean isShown(RowImage image, Row row) {
        @Nullable
        Predicate<Row> filter = query.filters().isEmpty()
                ? null
                : query.filters().get(image.room().name());
        return filter == null || filter.test(row);
    }

    private void flush() {
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        if (utf8.length > bytesMax - spool.size()) {
            throw new SyncException(
                    ErrorCode.TOO_LARGE, "More than " + bytesMax + " bytes were requested at once; request less");
        }
        spool.append(utf8);
        text.setLength(0);
    }

    /** The number of spooled rows. */
    int finish() {
        flush();
        return count;
    }
}
