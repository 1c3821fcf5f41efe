package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Change;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two nodes, some clients, applications' transactions, and crashes at any step of any of them, all on one thread. The
 * seed decides all events and their order. In between and at the end all work is completed, and then rows, log,
 * replicas, answers and the engine in memory must agree.
 */
final class Simulation implements AutoCloseable {
    private static final int STEPS = 250;
    private static final int NODES = 2;
    private static final int CLIENTS = 5;

    /** More steps of a process than most batches take, so that a crash comes now or a little later. */
    private static final int CRASH_STEPS_MAX = 80;

    /** Rounds until all work is completed. If more are needed, a task waits without a wake-up. */
    private static final int REST_ROUNDS_MAX = 30;

    /** More commits than a room keeps: a client that does not read falls behind. */
    private static final int BURST = 1_200;

    /** So few that many are in use: the database refuses such inserts, and the batch is split. */
    private static final int SERIALS = 60;

    private final Random random;
    private final TestDatabase database;
    private final EngineFixture stored;
    private final Deque<EntityId> ids = new ArrayDeque<>();
    private final InMemoryMutations oracle = new InMemoryMutations(this::now, this::id);
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();

    /** The first answer to each mutation, received by its client or not, and the oracle's answer. */
    private final Map<MutationId, MutationResult> answers = new HashMap<>();

    private final Map<MutationId, MutationResult> expected = new HashMap<>();

    /** Mutations without effect in crashed batches: their answers, if any, are unknown. */
    private final Set<MutationId> inDoubt = new HashSet<>();

    private Instant now = Instant.parse("2026-11-21T01:02:03Z");
    private int crashes;
    private int bursts;
    private int applications;

    Simulation(TestDatabase database, long seed) {
        this.random = new Random(seed);
        this.database = database.emptied();
        this.stored = new EngineFixture(database);
        for (int i = 0; i < NODES; i++) {
            nodes.add(aNode());
        }
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new SimulatedClient("c" + i, i % 2 == 0 ? "p1" : "p2"));
        }
    }

    private Instant now() {
        return now;
    }

    private EntityId id() {
        return ids.isEmpty() ? new EntityId("none") : ids.remove();
    }

    private SimulatedNode aNode() {
        return new SimulatedNode(database, this::now, random);
    }

    /** Runs to its end. */
    void run() {
        for (int i = 0; i < STEPS; i++) {
            now = now.plusSeconds(1);
            step();
            replaceCrashed();
        }
        rest();
    }

    /** The number of crashed processes. */
    int crashes() {
        return crashes;
    }

    private void step() {
        SimulatedNode node = nodes.get(random.nextInt(NODES));
        SimulatedClient client = clients.get(random.nextInt(CLIENTS));
        switch (random.nextInt(30)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> {
                client.puts(aMutation(client));
                client.send(this::answered);
            }
            case 8, 9, 10, 11, 12 -> commitGroup(node);
            case 13, 14, 15, 16, 17 -> node.publish();
            case 18, 19 -> node.readPending();
            case 20, 21, 22 -> client.read(stored, 1 + random.nextInt(5));
            case 23 -> client.disconnect();
            case 24, 25 -> connect(client, node);
            case 26 -> applicationCommits(node);
            case 27 -> node.look();
            case 28 -> node.crashIn(random.nextInt(CRASH_STEPS_MAX));
            default -> seldom(node);
        }
    }

    private void seldom(SimulatedNode node) {
        switch (random.nextInt(30)) {
            case 0 -> burst(node);
            case 1, 2, 3, 4, 5, 6 -> rest();
            default -> commitGroup(node);
        }
    }

    private void connect(SimulatedClient client, SimulatedNode node) {
        if (!client.isConnected()) {
            client.connect(node);
        }
        client.send(this::answered);
    }

    private void answered(Mutation mutation, MutationResult given) {
        MutationResult answer = Results.again(given);
        if (Results.isApplied(answer) || !Results.code(answer).retryable()) {
            MutationResult first = answers.putIfAbsent(mutation.id().orElseThrow(), answer);
            assertThat(first == null ? answer : first)
                    .as("the answers to %s", mutation)
                    .isEqualTo(answer);
        }
    }

    private void commitGroup(SimulatedNode node) {
        if (node.hasQueued()) {
            applyToOracle(node.commitGroup(), node.isAlive());
        }
    }

    /** A row that an application's own transaction inserts, on a node that may crash in it. */
    private void applicationCommits(SimulatedNode node) {
        Mutation insert =
                MutationFixture.in(random.nextBoolean() ? "p1" : "p2").insertsTask("application" + applications++, "t");
        ApplicationInsert work = new ApplicationInsert(database, insert, now, random.nextLong());
        node.run(work::commit);
        applyToOracle(List.of(insert), node.isAlive());
    }

    private void burst(SimulatedNode node) {
        MutationFixture asked = MutationFixture.in("p1");
        node.submit(asked.by("burst", "insert" + bursts).insertsTask("burst", "t"), answer -> {});
        for (int i = 1; i <= BURST && node.isAlive(); i++) {
            node.submit(asked.by("burst", bursts + "." + i).retitlesTask("burst", "t" + i), answer -> {});
            if (i % (MutationQueue.BATCH_MUTATIONS_MAX / 2) == 0) {
                commitGroup(node);
                now = now.plusSeconds(1);
            }
        }
        bursts++;
    }

    private void replaceCrashed() {
        for (int i = 0; i < NODES; i++) {
            SimulatedNode node = nodes.get(i);
            if (!node.isAlive()) {
                clients.stream().filter(client -> client.isConnectedTo(node)).forEach(SimulatedClient::disconnect);
                node.close();
                nodes.set(i, aNode());
                crashes++;
            }
        }
    }

    /**
     * Applies a batch to the oracle, in order.
     *
     * @param all whether all of the batch was applied, or only its mutations in the log
     */
    private void applyToOracle(List<Mutation> batch, boolean all) {
        Deque<Commit> unseen = new ArrayDeque<>(unseen());
        for (Mutation mutation : batch) {
            boolean logged = !unseen.isEmpty()
                    && unseen.getFirst()
                            .actions()
                            .getFirst()
                            .entry()
                            .mutationId()
                            .equals(mutation.id());
            if (logged) {
                Commit commit = unseen.removeFirst();
                made(commit).forEach(ids::add);
                mutation.id().ifPresent(inDoubt::remove);
                expect(mutation);
                assertThat(oracle.last().map(Simulation::unstamped)).contains(unstamped(commit));
            } else if (all && mutation.id().filter(inDoubt::contains).isEmpty()) {
                Seq before = head();
                expect(mutation);
                assertThat(head()).as("nothing of %s is in the log", mutation).isEqualTo(before);
            } else {
                mutation.id().filter(id -> !expected.containsKey(id)).ifPresent(inDoubt::add);
            }
        }
        assertThat(unseen).as("unexpected commits").isEmpty();
    }

    private void expect(Mutation mutation) {
        MutationResult answer = EngineFixture.get(oracle.submit(mutation));
        mutation.id().ifPresent(id -> expected.putIfAbsent(id, Results.again(answer)));
        ids.clear();
    }

    private Seq head() {
        return oracle.last().map(Commit::last).orElse(Seq.START);
    }

    private List<Commit> unseen() {
        return database.transactions()
                .run(scope -> stored.log.readAfter(scope.connection(), head(), Integer.MAX_VALUE));
    }

    /** The ids that the server made in this commit. */
    private static Stream<EntityId> made(Commit commit) {
        return commit.actions().stream()
                .map(Action::entry)
                .filter(entry -> entry.kind() == LogEntry.Kind.INSERT
                        && entry.collection().value().equals("tools"))
                .map(LogEntry::entityId);
    }

    /** Without stamps: refused mutations take stamps in the engine, and none in the oracle. */
    private static Commit unstamped(Commit commit) {
        return commit.showing(commit.actions().stream()
                .map(action -> new Action(action.seq(), action.number(), unstamped(action.entry())))
                .toList());
    }

    private static LogEntry unstamped(LogEntry entry) {
        return new LogEntry(
                entry.room(),
                entry.collection(),
                entry.entityId(),
                entry.change(),
                entry.bulk(),
                0,
                entry.scope(),
                entry.origin());
    }

    private Mutation aMutation(SimulatedClient client) {
        MutationFixture asked = client.next();
        String task = "task" + random.nextInt(20);
        String title = "t" + random.nextInt(1_000);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> asked.insertsTask(task, title);
            case 3, 4, 5 -> asked.retitlesTask(task, title);
            case 6 -> asked.deletesTask(task);
            case 7, 8 -> asked.insertsTool("n" + random.nextInt(3), "#" + random.nextInt(SERIALS));
            case 9 -> asked.bulk(updating("tools", oneOf(client.tools()), Map.of("name", title)));
            case 10 -> asked.bulk(deletion("tools", oneOf(client.toolsWithoutSerial())));
            default ->
                asked.bulk(Stream.generate(this::aChange)
                        .limit(2 + random.nextInt(5))
                        .toArray(Change[]::new));
        };
    }

    private String oneOf(List<String> ids) {
        return ids.isEmpty() ? "none" : ids.get(random.nextInt(ids.size()));
    }

    private Change aChange() {
        String id = "task" + random.nextInt(20);
        return switch (random.nextInt(5)) {
            case 0 -> insertion("tasks", "b" + random.nextInt(500), Map.of("title", "t"));
            case 1 -> updating("tasks", id, Map.of("title", "t" + random.nextInt(1_000)));
            case 2 -> deletion("tasks", id);
            case 3 -> aTool();
            default -> insertion("steps", "s" + random.nextInt(500), Map.of("text", "t"));
        };
    }

    private Change aTool() {
        String serial = "#" + random.nextInt(SERIALS);
        return insertion(
                "tools",
                null,
                random.nextInt(4) == 0 ? Map.of("name", "bulk", "serial", serial) : Map.of("name", "of a bulk"));
    }

    /** Without crashes, every client is connected and reads all deliveries; then all must agree. */
    private void rest() {
        replaceCrashed();
        nodes.forEach(SimulatedNode::crashNever);
        int calm = 0;
        for (int round = 0; calm < 2; round++) {
            assertThat(round).as("rounds until rest").isLessThan(REST_ROUNDS_MAX);
            for (SimulatedClient client : clients) {
                connect(client, nodes.get(random.nextInt(NODES)));
            }
            nodes.forEach(this::commitGroup);
            for (SimulatedNode node : nodes) {
                node.look();
                node.publish();
                node.readPending();
                node.publish();
            }
            clients.forEach(client -> client.read(stored, Integer.MAX_VALUE));
            boolean done = clients.stream().allMatch(client -> client.isDone() && client.isConnected());
            calm = done ? calm + 1 : 0;
        }
        assertAgreement();
    }

    private void assertAgreement() {
        List<Commit> log = stored.commits();
        assertThat(log.stream().map(Simulation::unstamped).toList())
                .isEqualTo(oracle.commits().stream().map(Simulation::unstamped).toList());
        assertStampsGrow(log);
        for (String room : List.of("p1", "p2")) {
            for (String collection : SimulatedClient.COLLECTIONS) {
                List<String> rows = stored.json(collection, room);
                assertThat(rows).isEqualTo(oracle.json(collection, room));
                assertThat(List.copyOf(stored.replayed(collection, room).values()))
                        .containsExactlyInAnyOrderElementsOf(rows);
            }
        }
        clients.forEach(client -> client.assertReplicaIsCurrent(stored, log));
        assertAnswers(log);
    }

    private static void assertStampsGrow(List<Commit> log) {
        Map<RoomId, Long> last = new HashMap<>();
        for (Commit commit : log) {
            long stamp = commit.actions().getFirst().entry().stampMicros();
            assertThat(commit.actions()).allMatch(action -> action.entry().stampMicros() == stamp);
            for (RoomId room : commit.byRoom().keySet()) {
                assertThat(Optional.ofNullable(last.put(room, stamp)).orElse(0L))
                        .isLessThan(stamp);
            }
        }
    }

    /**
     * Acknowledged mutations are in the log once, refused ones and those without effect are not, and the oracle agrees.
     */
    private void assertAnswers(List<Commit> log) {
        Map<MutationId, Integer> logged = new HashMap<>();
        log.forEach(commit ->
                commit.actions().getFirst().entry().mutationId().ifPresent(id -> logged.merge(id, 1, Integer::sum)));
        answers.forEach((id, answer) -> {
            boolean changed = answer instanceof MutationResult.Applied applied
                    && !applied.last().equals(Seq.START);
            assertThat(logged.getOrDefault(id, 0)).as("commits of %s", id).isEqualTo(changed ? 1 : 0);
            if (!inDoubt.contains(id)) {
                assertSame(expected.get(id), answer);
            }
        });
    }

    private static void assertSame(@Nullable MutationResult expected, MutationResult answer) {
        if (expected instanceof MutationResult.Refused refused) {
            assertThat(Results.code(answer)).isEqualTo(refused.refusal().code());
        } else {
            assertThat(answer).isEqualTo(expected);
        }
    }

    @Override
    public void close() {
        nodes.forEach(SimulatedNode::close);
    }
}
