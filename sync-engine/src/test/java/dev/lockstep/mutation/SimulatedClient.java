package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.engine.TestEngine;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Feed;
import dev.lockstep.room.RoomSubscriber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of one room, with an outbox of unacknowledged mutations and a replica of the rows. After a lost connection
 * it joins again, lists again, and sends its outbox again.
 */
final class SimulatedClient {
    /** The collections of its replica. */
    static final List<String> COLLECTIONS = List.of("tasks", "tools", "steps");

    private static final Encoder<Commit> AS_IT_IS = commit -> commit;

    private final String name;
    private final String room;
    private final Map<MutationId, Mutation> outbox = new LinkedHashMap<>();
    private final Set<MutationId> inFlight = new HashSet<>();
    private final Map<String, Map<String, String>> copy = new HashMap<>();
    private final List<Session> sessions = new ArrayList<>();
    private @Nullable Session session;
    private int made;

    SimulatedClient(String name, String room) {
        this.name = name;
        this.room = room;
    }

    String room() {
        return room;
    }

    private List<RoomId> rooms() {
        return List.of(new RoomId("workshop", room), RoomId.shared("workshop"));
    }

    /** The id of its next mutation. */
    MutationFixture next() {
        return MutationFixture.in(room).by(name, "m" + made++);
    }

    void puts(Mutation mutation) {
        outbox.put(mutation.id().orElseThrow(), mutation);
    }

    boolean isDone() {
        return outbox.isEmpty();
    }

    boolean isConnected() {
        return session != null;
    }

    boolean isConnectedTo(SimulatedNode node) {
        return session != null && session.node == node;
    }

    /** The ids of the tools that it knows. */
    List<String> tools() {
        return List.copyOf(copy.getOrDefault("tools", Map.of()).keySet());
    }

    /**
     * Tools that it may delete. A serial is never freed: a batch deletes rows before it inserts others, so refusals of
     * a freed value would depend on the batches.
     */
    List<String> toolsWithoutSerial() {
        return copy.getOrDefault("tools", Map.of()).entrySet().stream()
                .filter(tool -> tool.getValue().contains("\"serial\":null"))
                .map(Map.Entry::getKey)
                .toList();
    }

    void connect(SimulatedNode node) {
        session = new Session(node);
        sessions.add(session);
        copy.clear();
        node.join(rooms(), session);
    }

    /** Loses its connection and the answers that are under way. */
    void disconnect() {
        if (session != null) {
            session.node.leave(rooms(), session);
        }
        session = null;
        inFlight.clear();
    }

    /**
     * Sends mutations that are not acknowledged and not under way.
     *
     * @param answers receives every answer, also one that is lost before it reaches the client
     */
    void send(BiConsumer<Mutation, MutationResult> answers) {
        Session over = session;
        if (over == null) {
            return;
        }
        for (Mutation mutation : List.copyOf(outbox.values())) {
            if (inFlight.add(mutation.id().orElseThrow())) {
                over.node.submit(mutation, answer -> {
                    answers.accept(mutation, answer);
                    if (session == over) {
                        receive(mutation.id().orElseThrow(), answer);
                    }
                });
            }
        }
    }

    private void receive(MutationId id, MutationResult answer) {
        inFlight.remove(id);
        boolean again = answer instanceof MutationResult.Refused refused
                && refused.refusal().code().retryable();
        if (!again) {
            outbox.remove(id);
        }
    }

    /** Lists once after joining, then reads some deliveries. */
    void read(TestEngine rows, int commitsMax) {
        Session over = session;
        if (over == null || over.beginning == null) {
            return;
        }
        if (copy.isEmpty()) {
            for (String collection : COLLECTIONS) {
                copy.put(collection, byId(rows.list(collection, room)));
            }
        }
        over.read(over.beginning.feed(), commitsMax);
    }

    private void apply(Commit commit) {
        for (Action action : commit.actions()) {
            String id = action.entry().entityId().value();
            Map<String, String> rows =
                    copy.computeIfAbsent(action.entry().collection().value(), collection -> new TreeMap<>());
            action.entry().rowAfter().ifPresentOrElse(row -> rows.put(id, row), () -> rows.remove(id));
        }
    }

    private static Map<String, String> byId(Collection<Row> rows) {
        Map<String, String> byId = new TreeMap<>();
        rows.forEach(row -> byId.put(row.id().value(), row.json()));
        return byId;
    }

    /** Asserts that no work is left: the replica equals the rows, and every due commit was received. */
    void assertReplicaIsCurrent(TestEngine rows, List<Commit> log) {
        for (String collection : COLLECTIONS) {
            assertThat(copy.get(collection))
                    .as("the copy of %s that %s has", collection, name)
                    .isEqualTo(byId(rows.list(collection, room)));
        }
        for (Session each : sessions) {
            each.assertHeard(log, each == session);
        }
        sessions.removeIf(each -> each != session);
    }

    /** One connection. */
    private final class Session implements RoomSubscriber {
        private final SimulatedNode node;
        private final List<Commit> received = new ArrayList<>();
        private @Nullable Joined beginning;

        Session(SimulatedNode node) {
            this.node = node;
        }

        @Override
        public void onJoined(Joined at) {
            beginning = at;
        }

        @Override
        public void onAvailable() {
            node.step();
        }

        void read(Feed feed, int commitsMax) {
            for (int i = 0; i < commitsMax; i++) {
                switch (feed.next()) {
                    case Feed.Next.Ready ready -> {
                        Commit commit = ready.encoded().encodedBy(AS_IT_IS);
                        received.add(commit);
                        apply(commit);
                    }
                    case Feed.Next.Nothing nothing -> {
                        return;
                    }
                    case Feed.Next.FellBehind behind -> {
                        disconnect();
                        return;
                    }
                }
            }
        }

        /**
         * Asserts that the received commits are those of the log behind its position: all of them, or, after an early
         * end, the first ones.
         */
        void assertHeard(List<Commit> log, boolean all) {
            if (beginning == null) {
                assertThat(received).isEmpty();
                return;
            }
            long position = beginning.position().value();
            List<Commit> parts = Commit.joined(log.stream()
                    .flatMap(commit -> rooms().stream()
                            .flatMap(id -> Optional.ofNullable(commit.byRoom().get(id)).stream()))
                    .toList());
            List<Commit> after = parts.stream()
                    .filter(commit -> commit.last().value() > position)
                    .toList();
            assertThat(received)
                    .as("what %s heard behind %s", name, position)
                    .isEqualTo(all ? after : after.subList(0, Math.min(received.size(), after.size())));
            Map<CollectionName, Long> numbers = new HashMap<>();
            parts.stream()
                    .filter(commit -> commit.last().value() <= position)
                    .flatMap(commit -> commit.actions().stream())
                    .forEach(action -> numbers.merge(action.entry().collection(), action.number(), Math::max));
            assertThat(beginning.frameNumbers())
                    .as("the frame numbers at %s", position)
                    .isEqualTo(numbers);
        }
    }
}
