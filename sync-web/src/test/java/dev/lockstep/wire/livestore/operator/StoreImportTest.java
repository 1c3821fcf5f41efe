package dev.lockstep.wire.livestore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.SyncException;
import dev.lockstep.event.StoreMaintenance.Import;
import dev.lockstep.event.StoreMaintenance.ImportedEvent;
import dev.lockstep.event.StoreState;
import dev.lockstep.wire.livestore.rpc.EventLine;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StoreImportTest {
    private final List<List<ImportedEvent>> batches = new ArrayList<>();

    private Import append(List<ImportedEvent> batch) {
        if (batches.size() == 2) {
            throw new SyncException(ErrorCode.HEAD_MOVED, "The head of the store is 7");
        }
        batches.add(batch);
        StoreState store = new StoreState(
                new StoreName("notes").room("workshop"),
                "id",
                "id",
                batch.getLast().event().number(),
                batch.size(),
                0,
                Optional.empty(),
                0,
                0);
        return new Import(store, batch.size() - 1, 1);
    }

    private String read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8));
    }

    private String read(byte[] body) {
        return new StoreImport(this::append).read(new ByteArrayInputStream(body));
    }

    private static String lines(long first, long last, String args) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(
                        number -> EventLine.of(new StoreEvent(number, number - 1, "n", args, "c", "s").json(), number))
                .collect(Collectors.joining());
    }

    private void assertRefused(byte[] body, ErrorCode code, String message) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(SyncException.class, e -> {
            assertThat(e.refusal().code()).isEqualTo(code);
            assertThat(e.refusal().message()).isEqualTo(message);
        });
    }

    private void assertRefused(String body, ErrorCode code, String message) {
        assertRefused(body.getBytes(StandardCharsets.UTF_8), code, message);
    }

    @Test
    @Tag("OPS16")
    @DisplayName("[OPS16] an import is appended in batches of bounded size, and its answer has the counts")
    void batches() {
        String answer = read(
                lines(1, 1_000, "1") + "\n  \r\n" + lines(1_001, 1_500, "1").replace("\n", "\r\n"));

        assertThat(batches).extracting(List::size).containsExactly(1_000, 500);
        assertThat(answer)
                .startsWith(
                        "{\"appended\":1498,\"present\":2,\"store\":{\"name\":\"notes\",\"backendId\":\"id\",\"head\":1500,");
        batches.clear();
        read(lines(1, 3, "\"" + "x".repeat(500_000) + "\""));
        assertThat(batches).extracting(List::size).containsExactly(2, 1);
        assertThat(read("\n")).isEqualTo("{\"appended\":0,\"present\":0}");
    }

    @Test
    @Tag("OPS16")
    @DisplayName("[OPS16] a refused line or batch is named with the number of appended events")
    void refusals() {
        assertRefused(
                lines(1, 1_000, "1") + "{}\n",
                ErrorCode.MALFORMED,
                "line 1001: seqNum: is missing; 0 events were appended");
        assertRefused(
                lines(1, 3, "1") + lines(5, 5, "1"),
                ErrorCode.MALFORMED,
                "line 4: event 5 has the parent 4, but follows event 3; 0 events were appended");
        assertThat(batches).isEmpty();
        assertRefused(
                lines(1, 2_001, "1"),
                ErrorCode.HEAD_MOVED,
                "up to line 2001: The head of the store is 7; 1998 events were appended");
        assertRefused(
                new byte[] {'{', (byte) 0xC3, '"'},
                ErrorCode.MALFORMED,
                "line 0: The body is not UTF-8; 0 events were appended");
    }
}
