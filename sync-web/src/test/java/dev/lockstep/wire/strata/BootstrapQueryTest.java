package dev.lockstep.wire.strata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.snapshot.BulkSnapshot;
import dev.lockstep.snapshot.SpoolFixture;
import dev.lockstep.wire.strata.frame.StrataFrames;
import dev.lockstep.wire.strata.request.StrataRequests.Load;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BootstrapQueryTest {
    private static final Load OF_GROUP = new Load.OfGroup("Task", "ws-1");
    private static final Load BY_TASK = new Load.Indexed("Comment", "taskId", "t1");
    private static final Load BY_ID = new Load.Indexed("Comment", "id", "t1");

    private final StrataFrames frames = new StrataFrames(ModelFixture.all());

    private BootstrapQuery batch(Load... loads) {
        Map<String, RoomId> groups = Map.of(
                "ws-1", new RoomId("tasks", "ws-1"),
                "ws-a", new RoomId("tasks", "ws-a"),
                "alice", RoomId.own("tasks", "alice"));
        return BootstrapQuery.batch(List.of(loads), groups, ModelFixture.all(), frames);
    }

    private static String sent(BootstrapQuery reading, int partsRead, boolean isCut, String rows) throws IOException {
        BulkSnapshot read =
                new BulkSnapshot(new Seq(7), Collections.nCopies(partsRead, 1), isCut, SpoolFixture.of(rows));
        try (InputStream all = reading.stream(read, false).read()) {
            return new String(all.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @Tag("STR12")
    @DisplayName("[STR12] a load that a batch request repeats is read once, at its first place")
    void equalLoads() {
        List<Load> same = Collections.nCopies(100, OF_GROUP);
        assertThat(batch(same.toArray(Load[]::new)).parts()).hasSize(1);

        assertThat(batch(BY_TASK, OF_GROUP, BY_ID, BY_TASK, OF_GROUP).parts())
                .extracting(part -> part.model().name().value())
                .containsExactly("Comment", "Task", "Comment");
        assertThat(batch(OF_GROUP, new Load.OfGroup("Task", "ws-a"), new Load.OfGroup("Comment", "ws-1"))
                        .parts())
                .hasSize(3);
    }

    @Test
    @Tag("STR12")
    @DisplayName("[STR12] groups that are not the caller's, and unknown models, are not read")
    void nothing() {
        assertThat(batch(new Load.OfGroup("Task", "ws-b"), new Load.OfGroup("Ghost", "ws-1"))
                        .parts())
                .isEmpty();
    }

    @Test
    @Tag("STR12")
    @Tag("CS5")
    @DisplayName("[STR12][CS5] a value that databases do not store matches no rows, and is not queried")
    void unstorableKey() {
        assertThat(batch(
                                new Load.Indexed("Comment", "taskId", "a\0b"),
                                new Load.Indexed("Comment", "id", "a\uD800"),
                                BY_TASK)
                        .parts())
                .hasSize(1);
    }

    @Test
    @Tag("STR31")
    @DisplayName("[STR31] the group named like the user is the user's own room")
    void own() {
        assertThat(batch(new Load.OfGroup("Task", "alice")).parts().getFirst().room())
                .contains("~alice");
    }

    @Test
    @Tag("STR12")
    @DisplayName("[STR12] the error line of too many rows names the model of the load with too many")
    void tooManyRows() throws IOException {
        BootstrapQuery reading =
                batch(new Load.OfGroup("Ghost", "ws-1"), OF_GROUP, OF_GROUP, BY_TASK, new Load.OfGroup("Task", "ws-a"));

        assertThat(sent(reading, 2, true, "{}\n"))
                .isEqualTo("{}\n{\"message\":\"Indexed batch load exceeded 50000 rows for model \\\"Comment\\\"\","
                        + "\"type\":\"error\"}\n");
        assertThat(sent(reading, 3, false, "{}\n")).isEqualTo("{}\n");
    }

    @Test
    @Tag("STR12")
    @DisplayName("[STR12] a key that the collection does not name ends the response with an error line")
    void noKey() throws IOException {
        BootstrapQuery reading = batch(BY_TASK, new Load.Indexed("Comment", "body", "hi"), OF_GROUP);

        assertThat(reading.parts()).hasSize(1);
        assertThat(sent(reading, 1, false, "{}\n"))
                .isEqualTo("{}\n{\"message\":\"Indexed key \\\"body\\\" is not allowed for model \\\"Comment\\\"\","
                        + "\"type\":\"error\"}\n");
        assertThat(sent(reading, 1, true, "{}\n")).contains("exceeded 50000 rows for model \\\"Comment\\\"");
    }
}
