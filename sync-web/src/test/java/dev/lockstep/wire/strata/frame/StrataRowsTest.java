package dev.lockstep.wire.strata.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.strata.ModelFixture;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StrataRowsTest {
    private static final String TASK = "{\"id\":\"t-1\",\"title\":\"a \\\"b\\\\\",\"notes\":null,\"priority\":-3,"
            + "\"completedAt\":\"2026-01-01T01:13:20.000Z\",\"dueOn\":\"2026-01-01\",\"workspaceId\":\"ws-1\","
            + "\"createdAt\":\"2026-01-01T00:00:00.123Z\",\"archivedAt\":null}";

    private final StrataRows tasks = new StrataRows(ModelFixture.named("Task"));

    private static String line(StrataRows rows, String row) {
        StringBuilder out = new StringBuilder();
        rows.appendLine(out, row);
        return out.toString();
    }

    @Test
    @Tag("STR7")
    @DisplayName("[STR7] a row shows dates and times as milliseconds since 1970, all other values unchanged")
    void line() {
        assertThat(line(tasks, TASK))
                .isEqualTo("{\"__class\":\"Task\",\"id\":\"t-1\",\"title\":\"a \\\"b\\\\\",\"notes\":null,"
                        + "\"priority\":-3,\"completedAt\":1767230000000,\"dueOn\":1767225600000,"
                        + "\"workspaceId\":\"ws-1\",\"createdAt\":1767225600123,\"archivedAt\":null}\n");
    }

    @Test
    @Tag("STR7")
    @DisplayName("[STR7] the data of an update is its changed fields, also if there are none")
    void changed() {
        assertThat(data(tasks, TASK, Set.of("dueOn", "title")))
                .isEqualTo("{\"title\":\"a \\\"b\\\\\",\"dueOn\":1767225600000}");
        assertThat(data(tasks, TASK, Set.of())).isEqualTo("{}");
    }

    @Test
    @Tag("STR7")
    @DisplayName("[STR7] the data of a row with a composite key has no id")
    void composite() {
        StrataRows links = new StrataRows(ModelFixture.named("TaskLabel"));
        String row = "{\"id\":\"i\",\"taskId\":\"t\",\"labelId\":\"l\",\"workspaceId\":\"ws-1\"}";

        assertThat(data(links, row)).isEqualTo("{\"taskId\":\"t\",\"labelId\":\"l\",\"workspaceId\":\"ws-1\"}");
        assertThat(line(links, row)).contains("\"id\":\"i\"");
        assertThat(data(tasks, TASK)).startsWith("{\"id\":\"t-1\"");
    }

    @Test
    @Tag("STR7")
    @DisplayName("[STR7] a logged row older than the entity is shown with the fields that it has")
    void older() {
        assertThat(data(
                        tasks,
                        "{\"id\":\"t\",\"gone\":\"x\",\"dueOn\":\"1969-12-31\",\"more\":[1.5e3]}"
                                .replace("[1.5e3]", "1.5e3")))
                .isEqualTo("{\"id\":\"t\",\"gone\":\"x\",\"dueOn\":-86400000,\"more\":1.5e3}");
        assertThat(data(tasks, "{}")).isEqualTo("{}");
    }

    @Property(tries = 500)
    @net.jqwik.api.Tag("STR7")
    @Label("[STR7] any text stays as it is, and any moment and day is its milliseconds")
    void any(
            @ForAll String text,
            @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_999L) long moment,
            @ForAll @LongRange(min = -719_162, max = 2_932_896) long day) {
        String row = "{\"id\":\"t\",\"title\":" + PlainJson.quote(text) + ",\"completedAt\":\""
                + Instant.ofEpochMilli(moment).plusNanos(1).toString().replaceFirst("\\.(...)[0-9]+Z", ".$1Z")
                + "\",\"dueOn\":\"" + LocalDate.ofEpochDay(day) + "\"}";

        assertThat(PlainJson.parse(data(tasks, row)))
                .isEqualTo(Map.of("id", "t", "title", text, "completedAt", moment, "dueOn", day * 86_400_000L));
    }

    private static String data(StrataRows rows, String row) {
        StringBuilder out = new StringBuilder();
        rows.appendData(out, row);
        return out.toString();
    }

    private static String data(StrataRows rows, String row, Set<String> names) {
        StringBuilder out = new StringBuilder();
        rows.appendData(out, row, names);
        return out.toString();
    }
}
