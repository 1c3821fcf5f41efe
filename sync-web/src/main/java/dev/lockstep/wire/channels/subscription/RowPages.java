package dev.lockstep.wire.channels.subscription;

import dev.lockstep.snapshot.Spool;
import dev.lockstep.wire.channels.request.Limits;
import dev.lockstep.wire.json.PlainJson;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a spool, one a line, divided into pages that fit in a frame. To be closed by its user; it closes itself after the last
 * page. Confined to one thread at a time.
 */
public final class RowPages implements Closeable {
    /** The separator of rows in the spool. No row contains a line break. */
    static final String SEPARATOR = "\n";

    /** Most bytes of the rows of a page. The rest of a frame is for its other members. */
    public static final int BYTES_MAX = Limits.FRAME_BYTES_MAX * 3 / 4;

    /** The beginning of most rows. */
    private static final String ID = "{\"id\":\"";

    private final BufferedReader lines;
    private final int rowBytesMax;
    private @Nullable String next;
    private boolean hasOmitted;

    /** All rows. */
    public RowPages(Spool rows) {
        this(rows.read(), Integer.MAX_VALUE);
    }

    private RowPages(InputStream rows, int rowBytesMax) {
        this.lines = new BufferedReader(new InputStreamReader(rows, StandardCharsets.UTF_8));
        this.rowBytesMax = rowBytesMax;
        next = line();
    }

    /** The rows that clients since 2.0 are shown: each fits in a frame, and has an id that they accept. */
    public static RowPages thatFit(Spool rows) {
        return thatFit(rows.read());
    }

    static RowPages thatFit(InputStream rows) {
        return new RowPages(rows, Limits.ROW_BYTES_MAX);
    }

    private @Nullable String line() {
        try {
            String line = lines.readLine();
            while (line != null && !isShown(line)) {
                hasOmitted = true;
                line = lines.readLine();
            }
            if (line == null) {
                lines.close();
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isShown(String row) {
        return rowBytesMax == Integer.MAX_VALUE || (!Limits.isLonger(row, rowBytesMax) && !hasLongId(row));
    }

    private static boolean hasLongId(String row) {
        if (row.length() <= Limits.ID_CHARACTERS_MAX) {
            return false;
        }
        int end = row.startsWith(ID) ? row.indexOf('"', ID.length()) : -1;
        if (end >= 0 && end - ID.length() <= Limits.ID_CHARACTERS_MAX && row.charAt(end - 1) != '\\') {
            return false;
        }
        return PlainJson.parse(row) instanceof Map<?, ?> members
                && members.get("id") instanceof String id
                && id.length() > Limits.ID_CHARACTERS_MAX;
    }

    /** Whether there are more rows. */
    public boolean hasNext() {
        return next != null;
    }

    /** Whether a row was left out because frames cannot hold it; known when there are no more rows. */
    public boolean hasOmitted() {
        return hasOmitted;
    }

    /** The rows of the next page with commas between them: at least one row, if there is one. */
    public String next() {
        return next("", "");
    }

    /**
     * The rows of the next page with commas between them.
     *
     * @param before what is before each row
     * @param after what is after each row
     */
    String next(String before, String after) {
        StringBuilder page = new StringBuilder();
        long bytes = 0;
        int rows = 0;
        String row = next;
        while (row != null && rows < Limits.ROWS_MAX) {
            bytes += row.getBytes(StandardCharsets.UTF_8).length + before.length() + after.length() + 1L;
            if (rows > 0 && bytes > BYTES_MAX) {
                break;
            }
            page.append(rows == 0 ? "" : ",").append(before).append(row).append(after);
            rows++;
            row = line();
        }
        next = row;
        return page.toString();
    }

    @Override
    public void close() {
        next = null;
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
