package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.server.Server;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is still there after the server was killed, or the EAR deployed anew. */
abstract class SurvivalContract {
    private static final String TODOS = "/api/default/todos";
    private static final int WRITERS = 4;
    private static final int ACKNOWLEDGED_BEFORE_KILL = 200;

    private final Server server;
    private final Api api;

    SurvivalContract(Server server) {
        this.server = server;
        api = new Api(server.application("todo-app"));
    }

    @Test
    @DisplayName("[OPS4] kill -9 while clients write loses no acknowledged row, and numbers go on")
    void killed() {
        String before =
                api.post(TODOS, "{\"title\":\"before the crash\"}").row().getString("id");
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        acknowledged.add(before);
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<CompletableFuture<Void>> writing = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> CompletableFuture.runAsync(() -> writeUntilRefused(acknowledged), threads))
                    .toList();
            while (acknowledged.size() < ACKNOWLEDGED_BEFORE_KILL
                    && writing.stream().noneMatch(CompletableFuture::isDone)) {
                Thread.onSpinWait();
            }
            server.kill();
            CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new)).join();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);

        server.start();

        String list = api.get(TODOS).body();
        assertThat(acknowledged).allSatisfy(id -> assertThat(list).contains(id));
        assertThat(counter()).isGreaterThanOrEqualTo(acknowledged.size());
        assertNumbersGoOn();
    }

    @Test
    @DisplayName("[OPS4] a redeployment keeps rows and numbers")
    void redeployed() {
        String id =
                api.post(TODOS, "{\"title\":\"before the redeployment\"}").row().getString("id");
        long reached = counter();

        server.redeploy();

        assertThat(api.get(TODOS).body()).contains(id);
        assertThat(counter()).isEqualTo(reached);
        assertNumbersGoOn();
    }

    private long counter() {
        try (BroadcastSocket socket = BroadcastSocket.on(server.application("todo-app"), "default")) {
            return socket.next().counter("todos");
        }
    }

    private void assertNumbersGoOn() {
        try (BroadcastSocket socket = BroadcastSocket.on(server.application("todo-app"), "default")) {
            long begin = socket.next().counter("todos");
            api.post(TODOS, "{\"title\":\"afterwards\"}");
            assertThat(socket.next().broadcastId()).isEqualTo(begin + 1);
        }
    }

    private void writeUntilRefused(Set<String> acknowledged) {
        try {
            while (true) {
                Answer answer = api.post(TODOS, "{\"title\":\"" + UUID.randomUUID() + "\"}");
                if (answer.status() != 200) {
                    return;
                }
                acknowledged.add(answer.row().getString("id"));
            }
        } catch (UncheckedIOException killed) {
            return; // its last row may or may not be there: it was not acknowledged
        }
    }
}
