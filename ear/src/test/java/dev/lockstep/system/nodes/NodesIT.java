package dev.lockstep.system.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.client.InsertRequest;
import dev.lockstep.system.client.Replica;
import dev.lockstep.system.client.Writer;
import dev.lockstep.system.inside.ProbeEar;
import dev.lockstep.system.server.Deadline;
import dev.lockstep.system.server.PostgresqlDatabase;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two servers with the probe application on one PostgreSQL that writes to disk. */
class NodesIT {
    /** Number of mutations that are sent three times each, unless {@code lockstep.test.repeated} gives another. */
    private static final int REPEATED = Integer.getInteger("lockstep.test.repeated", 3_000);

    /**
     * Minimum time that a row is locked, unless {@code lockstep.test.held.seconds} gives another; always until a
     * refusal.
     */
    private static final Duration LOCKED_MIN = Duration.ofSeconds(Integer.getInteger("lockstep.test.held.seconds", 0));

    /** The engine's own wait for a lock: a mutation that delayed others would delay them this long. */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(1);

    private static final String KILL_WAITING_BACKENDS =
            "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'";

    private static final int SENDERS = 8;
    private static final int WRITTEN_BY_EACH = 100;
    private static final int RACES = 50;
    private static final int ENOUGH_FOR_P99 = 100;
    private static final int WAIT_SECONDS_MAX = 30;

    private static final PostgresqlDatabase DATABASE = new PostgresqlDatabase(TestFolders.empty("nodes-data"));
    private static final Path EAR = ProbeEar.inFolder(TestFolders.empty("nodes-ear"));
    private static final Server A = node("a");
    private static final Server B = node("b");

    private final Api toA = new Api(A.application("probe"));
    private final Api toB = new Api(B.application("probe"));
    private final String board = UUID.randomUUID().toString();
    private final String notes = notes(board);

    private static Server node(String name) {
        Map<String, String> environment = new HashMap<>(DATABASE.environment());
        environment.put("LOCKSTEP_NODE", name);
        return new Server(TestFolders.provisionedServer(), TestFolders.empty("node-" + name), EAR, environment);
    }

    @BeforeAll
    static void start() {
        DATABASE.start();
        A.start();
        B.start();
    }

    @AfterAll
    static void stop() {
        A.kill(); // the database ends as well: an orderly stop has no use
        B.kill();
        DATABASE.close();
    }

    @Test
    @Tag("LOG2")
    @Tag("PUB2")
    @DisplayName("[LOG2][PUB2] clients write to both nodes: sockets on both receive every commit once, in one order, "
            + "without gap")
    void bothWrite() {
        List<String> boards = List.of(board, board + "-a", board + "-b");
        List<BroadcastSocket> onA = join(A, boards);
        List<BroadcastSocket> onB = join(B, boards);
        List<Writer> writersOfA = writers("a", boards.get(0), boards.get(0), boards.get(1));
        List<Writer> writersOfB = writers("b", boards.get(0), boards.get(0), boards.get(2));
        List<Runnable> writing = new ArrayList<>();
        writersOfA.forEach(writer -> writing.add(() -> writeSome(writer, toA)));
        writersOfB.forEach(writer -> writing.add(() -> writeSome(writer, toB)));
        together(writing);

        for (int i = 0; i < boards.size(); i++) {
            String notesOfBoard = notes(boards.get(i));
            List<InsertRequest> done = Stream.concat(writersOfA.stream(), writersOfB.stream())
                    .flatMap(writer -> writer.acknowledged().stream())
                    .filter(asked -> asked.path().startsWith(notesOfBoard + "/")
                            || asked.path().equals(notesOfBoard))
                    .toList();
            List<Frame> framesOfA = frames(onA.get(i), done.size());
            assertThat(frames(onB.get(i), done.size())).isEqualTo(framesOfA);
            assertNumbered(framesOfA, 1);
            assertThat(titles(toB, boards.get(i)))
                    .containsExactlyInAnyOrderElementsOf(done.stream()
                            .flatMap(asked -> asked.titles().stream())
                            .toList());
        }
        Stream.concat(onA.stream(), onB.stream()).forEach(socket -> {
            assertThat(socket.unread()).isZero();
            socket.close();
        });
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] a mutation that is sent to both nodes at once has one effect, and both give the same answer")
    void sentToBoth() {
        List<String> titles = new ArrayList<>();
        for (int race = 0; race < RACES; race++) {
            InsertRequest asked = race % 2 == 0
                    ? InsertRequest.single(notes, board + "/" + race)
                    : InsertRequest.bulk(notes, board + "/" + race, 3);
            CompletableFuture<String> ofA =
                    CompletableFuture.supplyAsync(() -> asked.untilDone(toA).body());
            String ofB = asked.untilDone(toB).body();

            assertThat(ofA.join()).isEqualTo(ofB);
            titles.addAll(asked.titles());
        }
        assertThat(titles(toA, board)).containsExactlyInAnyOrderElementsOf(titles);
        assertThat(counter(A, board)).isEqualTo(RACES);
    }

    @Test
    @Tag("MUT9")
    @DisplayName(
            "[MUT9] thousands of mutations, three times each, shuffled, on many connections: each takes effect once")
    void threeTimes() {
        List<InsertRequest> asked = IntStream.range(0, REPEATED)
                .mapToObj(number -> InsertRequest.single(notes, board + "/" + number))
                .toList();
        List<Integer> order = new ArrayList<>(
                IntStream.range(0, 3 * REPEATED).mapToObj(i -> i % REPEATED).toList());
        Collections.shuffle(order, new Random(1));
        List<List<String>> answers = asked.stream()
                .map(each -> Collections.synchronizedList(new ArrayList<String>()))
                .toList();
        AtomicInteger next = new AtomicInteger();
        try (BroadcastSocket socket = BroadcastSocket.on(A.application("probe"), board)) {
            socket.next();
            together(Collections.nCopies(SENDERS, () -> {
                Api connection = new Api(A.application("probe"));
                for (int i = next.getAndIncrement(); i < order.size(); i = next.getAndIncrement()) {
                    int number = order.get(i);
                    answers.get(number)
                            .add(asked.get(number).untilDone(connection).body());
                }
            }));

            assertNumbered(frames(socket, REPEATED), 1);
            assertThat(socket.unread()).isZero();
        }
        assertThat(answers).allSatisfy(each -> assertThat(each).hasSize(3).containsOnly(each.getFirst()));
        assertThat(titles(toA, board))
                .containsExactlyInAnyOrderElementsOf(
                        asked.stream().flatMap(each -> each.titles().stream()).toList());
    }

    @Test
    @Tag("MUT10")
    @Tag("APP4")
    @DisplayName("[MUT10][APP4] a row locked by an outside transaction blocks only its own mutation, which is refused "
            + "after 8 s and takes effect once when repeated")
    void lockedRow() throws SQLException {
        String id = toA.post(notes, "{\"title\":\"held\"}").row().getString("id");
        String update = "{\"title\":\"changed\",\"_clientMutationId\":\"" + board + "\"}";
        List<Duration> others = Collections.synchronizedList(new ArrayList<>());
        try (LockedNote lock = new LockedNote(DATABASE, id)) {
            long since = System.nanoTime();
            CompletableFuture<Answer> refused = CompletableFuture.supplyAsync(() -> {
                Answer answer = toA.put(notes + "/" + id, update);
                while (answer.status() == 503 && System.nanoTime() - since < LOCKED_MIN.toNanos()) {
                    answer = toA.put(notes + "/" + id, update);
                }
                return answer;
            });
            together(Collections.nCopies(SENDERS, () -> {
                while (!refused.isDone() || others.size() < ENOUGH_FOR_P99) {
                    others.add(insertOne());
                }
            }));
            assertThat(refused.join().status()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(Duration.ofSeconds(7));
            lock.release();
        }
        Collections.sort(others);
        assertThat(others.get(others.size() * 99 / 100)).isLessThan(LOCK_WAIT);

        try (Replica subscriber = new Replica(A.application("probe"), board, "notes").join()) {
            assertThat(subscriber.titles("changed")).isEmpty();
            assertThat(toA.put(notes + "/" + id, update).status()).isEqualTo(200);
            assertThat(toB.put(notes + "/" + id, update).status()).isEqualTo(200);
            subscriber.applyUpTo(subscriber.reached() + 1);
            assertThat(subscriber.titles("changed")).hasSize(1);
        }
        assertThat(actionsWith("changed")).isEqualTo("1");
    }

    private Duration insertOne() {
        long started = System.nanoTime();
        assertThat(toA.post(notes, "{\"title\":\"other\"}").status()).isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - started);
    }

    @Test
    @Tag("APP1")
    @DisplayName(
            "[APP1] flushed changes are neither stored nor sent when the database ends the transaction's connection")
    void ended() throws SQLException {
        try (BroadcastSocket socket = BroadcastSocket.on(B.application("probe"), board)) {
            socket.next();
            String gate = toA.post(notes, "{\"title\":\"gate\"}").row().getString("id");
            try (LockedNote lock = new LockedNote(DATABASE, gate)) {
                CompletableFuture<Answer> own = ownTransaction("?title=flushed&behind=" + gate);
                DATABASE.query(KILL_WAITING_BACKENDS);
                assertThat(own.join().status()).isEqualTo(503);
                lock.release();
            }
            assertThat(toA.post(notes, "{\"title\":\"after\"}").status())
                    .as("the dead connection is not reused")
                    .isEqualTo(200);

            assertThat(frames(socket, 2)).last().asString().contains("after");
            assertThat(socket.unread()).isZero();
        }
        assertThat(titles(toB, board)).containsExactlyInAnyOrder("gate", "after");
        assertThat(actionsWith("flushed")).isEqualTo("0");
    }

    @Test
    @Tag("APP5")
    @DisplayName("[APP5] reported changes are neither stored, logged nor sent when their transaction rolls back or is "
            + "killed")
    void reportedWithoutCommit() throws SQLException {
        try (BroadcastSocket socket = BroadcastSocket.on(B.application("probe"), board)) {
            socket.next();
            String gate = toA.post(notes, "{\"title\":\"gate\"}").row().getString("id");
            String note = toA.post(notes, "{\"title\":\"note\"}").row().getString("id");
            try (LockedNote lock = new LockedNote(DATABASE, gate)) {
                CompletableFuture<Answer> own = ownTransaction("/" + note + "?title=killed&behind=" + gate);
                DATABASE.query(KILL_WAITING_BACKENDS);
                assertThat(own.join().status()).isEqualTo(503);
                lock.release();
            }
            assertThat(retitled(note, "rolled back", "nobody").status()).isEqualTo(500);
            assertThat(retitled(note, "committed", gate).status()).isEqualTo(200);

            assertThat(frames(socket, 3)).last().asString().contains("committed");
            assertThat(socket.unread()).isZero();
        }
        assertThat(titles(toB, board)).containsExactlyInAnyOrder("gate", "committed");
        assertThat(List.of(actionsWith("killed"), actionsWith("rolled back"), actionsWith("committed")))
                .containsExactly("0", "0", "1");
    }

    private Answer retitled(String note, String title, String behind) {
        return toA.sendNothing(
                "POST", "/api/own/" + board + "/" + note + "?title=" + title.replace(' ', '+') + "&behind=" + behind);
    }

    @Test
    @Tag("APP1")
    @Tag("OPS4")
    @DisplayName("[APP1][OPS4] a killed node loses only its uncommitted changes; the other node continues, and both "
            + "have the same rows afterwards")
    void killed() throws SQLException {
        String gate = toA.post(notes, "{\"title\":\"gate\"}").row().getString("id");
        Replica onB = new Replica(B.application("probe"), board, "notes").join();
        List<Writer> ofA = writers(board + "/a", board, board);
        List<Writer> ofB = writers(board + "/b", board, board);
        try (LockedNote lock = new LockedNote(DATABASE, gate);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            CompletableFuture<Answer> own = ownTransaction("?title=flushed&behind=" + gate);
            AtomicInteger stop = new AtomicInteger();
            List<CompletableFuture<Void>> writing = new ArrayList<>();
            ofA.forEach(writer -> writing.add(CompletableFuture.runAsync(
                    () -> writer.writeWhile(toA, () -> stop.get() == 0), threads)));
            ofB.forEach(writer -> writing.add(CompletableFuture.runAsync(
                    () -> writer.writeWhile(toB, () -> stop.get() == 0), threads)));
            try {
                untilWritten(ofA, WRITTEN_BY_EACH);
                A.kill();
                int before = written(ofB);
                untilWritten(ofB, before + WRITTEN_BY_EACH);
            } finally {
                stop.set(1);
            }
            assertThat(own).failsWithin(Duration.ofSeconds(WAIT_SECONDS_MAX));
            writing.forEach(CompletableFuture::join);
            lock.release();
        } finally {
            A.start();
        }
        ofA.forEach(writer -> writer.catchUp(toA));
        List<String> all = new ArrayList<>(List.of("gate"));
        Stream.concat(ofA.stream(), ofB.stream())
                .flatMap(writer -> writer.acknowledged().stream())
                .forEach(asked -> all.addAll(asked.titles()));
        try (Replica onA = new Replica(A.application("probe"), board, "notes").join()) {
            onB.applyUpTo(onA.reached());
            assertThat(onA.titles("")).containsExactlyInAnyOrderElementsOf(all);
            assertThat(onB.rows()).containsExactlyInAnyOrderElementsOf(onA.rows());
        }
        onB.close();
        assertThat(actionsWith("flushed")).isEqualTo("0");
    }

    /** An application's transaction on node A that has done its work, and waits for the locked row. */
    private CompletableFuture<Answer> ownTransaction(String what) {
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(() -> toA.sendNothing("POST", "/api/own/" + board + what));
        Deadline.ofSeconds(WAIT_SECONDS_MAX)
                .until(
                        "the transaction waits for the gate",
                        () -> DATABASE.query("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                                .equals("1"));
        return answer;
    }

    private static List<Writer> writers(String name, String... boards) {
        return IntStream.range(0, boards.length)
                .mapToObj(number -> new Writer(notes(boards[number]), name + "-" + number))
                .toList();
    }

    private static void writeSome(Writer writer, Api api) {
        writer.writeWhile(api, () -> writer.acknowledged().size() < WRITTEN_BY_EACH);
        assertThat(writer.acknowledged()).hasSize(WRITTEN_BY_EACH);
    }

    private static int written(List<Writer> writers) {
        return writers.stream().mapToInt(writer -> writer.acknowledged().size()).sum();
    }

    private static void untilWritten(List<Writer> writers, int enough) {
        Deadline.ofSeconds(WAIT_SECONDS_MAX).until("clients write", () -> written(writers) >= enough);
    }

    private static void together(List<Runnable> tasks) {
        try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
            CompletableFuture.allOf(tasks.stream()
                            .map(task -> CompletableFuture.runAsync(task, threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    private static List<BroadcastSocket> join(Server node, List<String> boards) {
        List<BroadcastSocket> sockets = boards.stream()
                .map(name -> BroadcastSocket.on(node.application("probe"), name))
                .toList();
        sockets.forEach(BroadcastSocket::next);
        return sockets;
    }

    private static List<Frame> frames(BroadcastSocket socket, int count) {
        return Stream.generate(socket::next).limit(count).toList();
    }

    private static void assertNumbered(List<Frame> frames, long first) {
        assertThat(frames.stream().map(Frame::broadcastId).toList())
                .isEqualTo(
                        LongStream.range(first, first + frames.size()).boxed().toList());
    }

    private static long counter(Server node, String name) {
        try (BroadcastSocket socket = BroadcastSocket.on(node.application("probe"), name)) {
            return socket.next().counter("notes");
        }
    }

    private static List<String> titles(Api api, String name) {
        return api.get(notes(name)).json().getJsonArray("notes").getValuesAs(JsonObject.class).stream()
                .map(row -> row.getString("title"))
                .toList();
    }

    /** The number of actions in this test's board that inserted a row with this title. */
    private String actionsWith(String title) throws SQLException {
        return DATABASE.query("select count(*) from lockstep_action where room = '" + board
                + "' and row_after like '%\"" + title + "\"%'");
    }

    private static String notes(String name) {
        return "/api/" + name + "/notes";
    }
}
