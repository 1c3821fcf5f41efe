package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.InsertRequest;
import dev.lockstep.system.client.Replica;
import dev.lockstep.system.client.Writer;
import dev.lockstep.system.server.Deadline;
import dev.lockstep.system.server.Server;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Durability across kills of the server and redeployments of the EAR. */
abstract class SurvivalContract {
    private static final String TODOS = "/api/default/todos";
    private static final int WRITERS = 8;
    private static final int ACKNOWLEDGED_BEFORE_KILL_MAX = 400;

    private final Server server;
    private final Api api;
    private final int kills;
    private final Random random = new Random(1);

    /** @param kills number of kills of the server, unless {@code lockstep.test.kills} gives another */
    SurvivalContract(Server server, int kills) {
        this.server = server;
        this.kills = Integer.getInteger("lockstep.test.kills", kills);
        api = new Api(server.application("todo-app"));
    }

    @Test
    @Tag("MUT1")
    @Tag("MUT2")
    @Tag("MUT9")
    @DisplayName("[MUT1][MUT2][MUT9] kill -9 while clients write, again and again: every acknowledged mutation is "
            + "stored once, bulks are whole, and numbers have no gap")
    void killed() {
        String mark = UUID.randomUUID().toString();
        List<Writer> writers = IntStream.range(0, WRITERS)
                .mapToObj(number -> new Writer(TODOS, mark + "-" + number))
                .toList();
        List<Replica> subscribers = List.of(subscriber().join(), subscriber().join());
        for (int round = 0; round < kills; round++) {
            killWhileTheyWrite(writers);
            subscribers.forEach(Replica::applyUntilEnd);
            List<String> received = subscribers.stream()
                    .flatMap(subscriber -> subscriber.titles(mark).stream())
                    .toList();

            server.start();

            subscribers.forEach(Replica::join);
            Set<String> there = Set.copyOf(subscribers.getFirst().titles(mark));
            assertThat(there).containsAll(received);
            for (Writer writer : writers) {
                assertThat(writer.acknowledged())
                        .allSatisfy(asked -> assertThat(there).containsAll(asked.titles()));
                assertThat(there.containsAll(writer.unansweredTitles())
                                || Collections.disjoint(there, writer.unansweredTitles()))
                        .as("whole or not at all: %s", writer.unansweredTitles())
                        .isTrue();
            }
            writers.forEach(writer -> writer.catchUp(api));
        }

        List<String> acknowledged =
                acknowledged(writers).flatMap(asked -> asked.titles().stream()).toList();
        try (Replica late = subscriber().join()) {
            assertThat(late.titles(mark)).containsExactlyInAnyOrderElementsOf(acknowledged);
            for (Replica subscriber : subscribers) {
                subscriber.applyUpTo(late.reached());
                assertThat(subscriber.rows()).containsExactlyInAnyOrderElementsOf(late.rows());
                subscriber.close();
            }
        }
        assertNumbersGoOn();
    }

    private void killWhileTheyWrite(List<Writer> writers) {
        long enough = acknowledged(writers).count() + random.nextInt(ACKNOWLEDGED_BEFORE_KILL_MAX);
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<CompletableFuture<Void>> writing = writers.stream()
                    .map(writer -> CompletableFuture.runAsync(() -> writer.writeWhile(api, () -> true), threads))
                    .toList();
            Deadline.ofSeconds(60)
                    .until(
                            "clients write",
                            () -> acknowledged(writers).count() > enough
                                    || writing.stream().anyMatch(CompletableFuture::isDone));
            server.kill();
            CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new)).join();
        }
        assertThat(acknowledged(writers).count()).isGreaterThan(enough);
    }

    private static Stream<InsertRequest> acknowledged(List<Writer> writers) {
        return writers.stream().flatMap(writer -> writer.acknowledged().stream());
    }

    private Replica subscriber() {
        return new Replica(server.application("todo-app"), "default", "todos");
    }

    @Test
    @Tag("OPS4")
    @Tag("OPS10")
    @Tag("CS8")
    @DisplayName("[OPS4][OPS10][CS8] a redeployment keeps rows and numbers, and logs no error")
    void redeployed() throws IOException {
        int before = server.logged().length();
        String id =
                api.post(TODOS, "{\"title\":\"before the redeployment\"}").row().getString("id");
        long reached = counter();

        server.redeploy();

        assertThat(api.get(TODOS).body()).contains(id);
        assertThat(counter()).isEqualTo(reached);
        assertNumbersGoOn();
        assertThat(server.logged().substring(before)).doesNotContain(" ERROR ");
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
}
