package dev.lockstep.wire.livestore.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.StoreEvent;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.livestore.rpc.ChunkWriter.ChunkEvent;
import dev.lockstep.wire.livestore.rpc.RpcMessage.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Captures of the published clients and their original server: a line with {@code ?} is an address, {@code >} a message of a
 * client, {@code <} one of the server.
 */
class CapturesTest {
    private static final Path FOLDER = Path.of("src/test/resources/livestore");

    static List<Path> captures() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    private static List<String> lines(Path capture, char kind) throws IOException {
        return Files.readAllLines(capture).stream()
                .filter(line -> line.charAt(0) == kind)
                .map(line -> line.substring(2))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("captures")
    @Tag("LS1")
    @DisplayName("[LS1] the addresses of published clients are read")
    void addresses(Path capture) throws IOException {
        assertThat(lines(capture, '?'))
                .isNotEmpty()
                .allSatisfy(address -> assertThat(StoreAddress.of(address.substring(address.indexOf('?') + 1)))
                        .isPresent());
    }

    @ParameterizedTest
    @MethodSource("captures")
    @Tag("LS2")
    @Tag("LS4")
    @DisplayName("[LS2][LS4] the messages of published clients are read, with their payloads")
    void clients(Path capture) throws Exception {
        for (String line : lines(capture, '>')) {
            RpcMessage message = RpcMessage.of(line);
            assertThat(message).isNotInstanceOfAny(RpcMessage.Unreadable.class, RpcMessage.Ignored.class);
            if (message instanceof Request request) {
                read(request);
            }
        }
    }

    private static void read(Request request) throws Exception {
        switch (request.tag()) {
            case "SyncWsRpc.Pull" -> PullRequest.ofSocket(request);
            case "SyncHttpRpc.Pull" -> PullRequest.ofHttp(request);
            case "SyncWsRpc.Push", "SyncHttpRpc.Push" ->
                assertThat(PushRequest.of(request).events()).isNotEmpty();
            default -> assertThat(request.tag()).isEqualTo("SyncHttpRpc.Ping");
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    @Tag("LS4")
    @Tag("LS5")
    @DisplayName("[LS4][LS5] the original server's messages are those that this server writes from the same values")
    void servers(Path capture) throws IOException {
        for (String line : lines(capture, '<')) {
            if (!line.startsWith("{") && !line.startsWith("[")) {
                continue; // a text in plain HTTP
            }
            for (Object each : PlainJson.parse(line) instanceof List<?> several ? several : List.of(parsed(line))) {
                assertThat(PlainJson.parse(written(map(each)))).isEqualTo(each);
            }
        }
    }

    private static Object parsed(String line) {
        return Optional.ofNullable(PlainJson.parse(line)).orElseThrow();
    }

    private static Map<?, ?> map(@Nullable Object value) {
        assertThat(value).isInstanceOf(Map.class);
        return (Map<?, ?>) Optional.ofNullable(value).orElseThrow();
    }

    private static String text(Map<?, ?> of, String member) {
        return String.valueOf(of.get(member));
    }

    private static String written(Map<?, ?> message) {
        return switch (text(message, "_tag")) {
            case "Pong" -> RpcAnswers.PONG;
            case "Chunk" -> chunk(message);
            default -> exit(text(message, "requestId"), map(message.get("exit")), message);
        };
    }

    private static String exit(String id, Map<?, ?> exit, Map<?, ?> message) {
        if (text(exit, "_tag").equals("Success")) {
            Object value = exit.get("value");
            boolean isPong = value instanceof Map<?, ?> members && !members.isEmpty();
            return value == null ? RpcAnswers.pulled(id) : isPong ? RpcAnswers.pinged(id) : RpcAnswers.pushed(id);
        }
        Map<?, ?> cause = map(exit.get("cause"));
        if (!text(cause, "_tag").equals("Fail")) { // of an interrupt, which no client reads: ours is shorter
            assertThat(RpcAnswers.interrupted(id)).contains("\"cause\":{\"_tag\":\"Interrupt\"");
            return PlainText.of(message);
        }
        Map<?, ?> error = map(cause.get("error"));
        return switch (text(error, "_tag")) {
            case "ServerAheadError" ->
                RpcAnswers.serverAhead(id, number(error, "minimumExpectedNum"), number(error, "providedNum"));
            case "BackendIdMismatchError" ->
                RpcAnswers.backendIdMismatch(id, text(error, "expected"), text(error, "received"));
            default -> RpcAnswers.unknownError(id, text(map(error.get("cause")), "message"));
        };
    }

    private static long number(Map<?, ?> of, String member) {
        if (!(of.get(member) instanceof Long value)) {
            throw new AssertionError(member + " is no number in " + of);
        }
        return value;
    }

    private static List<?> list(@Nullable Object value) {
        if (!(value instanceof List<?> items)) {
            throw new AssertionError(value + " is no list");
        }
        return items;
    }

    private static String chunk(Map<?, ?> message) {
        List<?> responses = list(message.get("values"));
        assertThat(responses).hasSize(1);
        Map<?, ?> response = map(responses.getFirst());
        List<ChunkEvent> events = new ArrayList<>();
        for (Object each : list(response.get("batch"))) {
            events.add(event(map(each)));
        }
        Object remaining = map(response.get("pageInfo")).get("remaining");
        return ChunkWriter.chunk(
                text(message, "requestId"),
                text(response, "backendId"),
                events,
                remaining instanceof Long more ? more : 0);
    }

    private static ChunkEvent event(Map<?, ?> sent) {
        Map<?, ?> event = map(sent.get("eventEncoded"));
        Map<?, ?> metadata = map(map(sent.get("metadata")).get("value"));
        StoreEvent stored = new StoreEvent(
                number(event, "seqNum"),
                number(event, "parentSeqNum"),
                text(event, "name"),
                PlainText.of(event.get("args")),
                text(event, "clientId"),
                text(event, "sessionId"));
        return new ChunkEvent(
                stored.json(), ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text(metadata, "createdAt"))));
    }

    /** JSON of plain values. */
    private static final class PlainText {
        static String of(@Nullable Object value) {
            return switch (value) {
                case null -> "null";
                case String text -> PlainJson.quote(text);
                case Map<?, ?> members ->
                    String.join(
                                    ",",
                                    members.entrySet().stream()
                                            .map(each -> PlainJson.quote(String.valueOf(each.getKey())) + ":"
                                                    + of(each.getValue()))
                                            .toList())
                            .transform(text -> "{" + text + "}");
                case List<?> elements ->
                    String.join(",", elements.stream().map(PlainText::of).toList())
                            .transform(text -> "[" + text + "]");
                default -> value.toString();
            };
        }
    }
}
