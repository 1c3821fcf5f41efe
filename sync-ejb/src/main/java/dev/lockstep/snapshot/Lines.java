package dev.lockstep.snapshot;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Row;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.RowImage;
import dev.lockstep.database.RightOfWay;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sets the rows of a part aside that are shown, many at once. */
final class Lines {
    /** Characters that are set aside together. */
    private static final int CHARACTERS = 32 * 1024;

    /** Rows after which the reader gives way: a millisecond's. */
    private static final int ROWS = 128;

    private final StringBuilder text = new StringBuilder(CHARACTERS + 1024);
    private final Part part;
    private final Spool spool;
    private final long bytesMax;
    private final RightOfWay.Reading reading;
    private int read;
    private int count;

    /** @param bytesMax most bytes in the spool, with what is there already */
    Lines(Part part, Spool spool, long bytesMax, RightOfWay.Reading reading) {
        this.part = part;
        this.spool = spool;
        this.bytesMax = bytesMax;
        this.reading = reading;
    }

    void add(RowImage image) {
        if (++read % ROWS == 0) {
            reading.pauseIfWriterIsBusy();
        }
        Row row = image.row();
        if (!isShown(image, row)) {
            return;
        }
        part.line().append(text, row.json());
        count++;
        if (text.length() >= CHARACTERS) {
            flush();
        }
    }

    private boolean isShown(RowImage image, Row row) {
        @Nullable
        Predicate<Row> filter = part.filters().isEmpty()
                ? null
                : part.filters().get(image.room().name());
        return filter == null || filter.test(row);
    }

    private void flush() {
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        if (utf8.length > bytesMax - spool.size()) {
            throw new SyncException(
                    ErrorCode.TOO_LARGE, "More than " + bytesMax + " bytes were asked for at once; ask for less");
        }
        spool.append(utf8);
        text.setLength(0);
    }

    /** How many rows were set aside. */
    int finish() {
        flush();
        return count;
    }
}
