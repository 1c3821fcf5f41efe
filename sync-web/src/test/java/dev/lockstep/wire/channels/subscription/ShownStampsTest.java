package dev.lockstep.wire.channels.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.wire.channels.frame.RowStamps;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stamps that clients with a fast clock are shown. */
class ShownStampsTest {
    private static final String EARLY = "2026-11-21T02:31:53.854Z";
    private static final String LATE = "2026-11-21T03:31:53.000Z";
    private static final long LATE_MILLIS = Instant.parse(LATE).toEpochMilli();

    @Test
    @Tag("CH10")
    @DisplayName("[CH10] an earlier stamp of a row is shown as the least one, at the depth of rows only")
    void raised() {
        String row = "{\"id\":\"a\",\"text\":\"\\\"updatedAt\\\":\\\"" + EARLY + "\\\"\",\"more\":{\"updatedAt\":\""
                + EARLY + "\"},\"updatedAt\":\"" + EARLY + "\"}";
        String shown = row.substring(0, row.lastIndexOf(EARLY)) + LATE + "\"}";

        assertThat(RowStamps.raised(row, "updatedAt", 1, LATE_MILLIS)).isEqualTo(shown);
        assertThat(RowStamps.raised("{\"data\":[" + row + "," + row + "]}", "updatedAt", 3, LATE_MILLIS))
                .isEqualTo("{\"data\":[" + shown + "," + shown + "]}");
    }

    @Test
    @Tag("CH10")
    @DisplayName("[CH10] a later stamp, and a value that is no stamp, are shown as they are")
    void notRaised() {
        String later = "{\"updatedAt\":\"2027-01-01T00:00:00.000Z\"}";
        assertThat(RowStamps.raised(later, "updatedAt", 1, LATE_MILLIS)).isEqualTo(later);
        assertThat(RowStamps.raised("{\"updatedAt\":\"soon\"}", "updatedAt", 1, LATE_MILLIS))
                .isEqualTo("{\"updatedAt\":\"soon\"}");
        assertThat(RowStamps.raised("{\"updatedAt\":null}", "updatedAt", 1, LATE_MILLIS))
                .isEqualTo("{\"updatedAt\":null}");
    }

    @Test
    @Tag("CH10")
    @DisplayName("[CH10] stamps are read with any number of fractional digits and any offset")
    void read() {
        assertThat(RowStamps.millis("2026-11-21T02:31:53.854321Z"))
                .contains(Instant.parse(EARLY).toEpochMilli());
        assertThat(RowStamps.millis("2026-11-21T03:31:53.854+01:00"))
                .contains(Instant.parse(EARLY).toEpochMilli());
        assertThat(RowStamps.millis("soon")).isEmpty();
        assertThat(RowStamps.millis(7L)).isEmpty();
    }
}
