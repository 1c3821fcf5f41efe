package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.SlowClient;
import dev.lockstep.system.client.StrataUser;
import dev.lockstep.system.server.Deadline;
import dev.lockstep.system.server.Server;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Spooled rows of slow clients. */
abstract class SpoolContract {
    private static final String SPOOLED = "lockstep_spool_bytes";
    private static final int REQUESTS = 10;
    private static final int ROWS_PER_REQUEST = 100;
    private static final int NOTES_CHARACTERS = 9_000;

    private final Server server;
    private final MetricsPage page;
    private final URI application;
    private final StrataUser bench;

    SpoolContract(Server server) {
        this.server = server;
        page = new MetricsPage(server);
        application = server.application("strata-tasks");
        bench = new StrataUser(application, "bench-token");
    }

    /** A group with more bytes of rows than all buffers on the way hold. */
    private String largeGroup() {
        String group = "large-" + UUID.randomUUID();
        bench.join("bench", group);
        for (int i = 0; i < REQUESTS; i++) {
            String transactions = IntStream.range(0, ROWS_PER_REQUEST)
                    .mapToObj(row -> "{\"action\":\"INSERT\",\"clientId\":\"c\",\"clientTxId\":\"" + UUID.randomUUID()
                            + "\",\"modelName\":\"Task\",\"modelId\":\"" + UUID.randomUUID()
                            + "\",\"payload\":{\"title\":\"x\",\"notes\":\"" + "n".repeat(NOTES_CHARACTERS)
                            + "\",\"workspaceId\":\"" + group + "\"}}")
                    .collect(Collectors.joining(","));
            assertThat(bench.api()
                            .post("/sync/mutate", "{\"batchId\":\"b\",\"transactions\":[" + transactions + "]}")
                            .json()
                            .getBoolean("success"))
                    .isTrue();
        }
        return group;
    }

    @Test
    @Tag("SNAP2")
    @Tag("STR16")
    @DisplayName("[SNAP2][STR16] a spool that cannot be read on ends the response with an error line, not as if it "
            + "were complete")
    @EnabledOnOs(OS.LINUX)
    void unreadable() throws Exception {
        String group = largeGroup();
        try (SlowClient reader =
                new SlowClient(application, "/sync/bootstrap?onlyModels=Task&syncGroups=" + group, "bench-token")) {
            assertThat(page.value(SPOOLED)).isGreaterThan(REQUESTS * ROWS_PER_REQUEST * NOTES_CHARACTERS);
            List<Path> files = server.openFiles("lockstep-spool-");
            assertThat(files).hasSize(1);
            try (FileChannel file = FileChannel.open(files.getFirst(), StandardOpenOption.WRITE)) {
                file.truncate(1);
            }

            assertThat(reader.rest())
                    .contains("The server cannot read on; send the request again")
                    .doesNotContain("\"rowCount\"");
        } finally {
            bench.leave("bench", group);
        }
        Deadline.ofSeconds(10)
                .until(
                        "it is let go of",
                        () -> page.value(SPOOLED) == 0
                                && server.openFiles("lockstep-spool-").isEmpty());
    }
}
