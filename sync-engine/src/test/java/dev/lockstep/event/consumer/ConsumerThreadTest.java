package dev.lockstep.event.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.event.EventConsumer;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.event.EventStores;
import dev.lockstep.mutation.EngineFixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Consumers of events on their own threads. */
@OnEveryDatabase
class ConsumerThreadTest {
    private static final int WAIT_SECONDS_MAX = 30;

    private final TestDatabase database;
    private final EngineFixture engine;
    private final EventStores stores;
    private final List<Runnable> stops = new ArrayList<>();

    ConsumerThreadTest(TestDatabase database) {
        this.database = database.emptied();
        this.engine = new EngineFixture(this.database);
        this.stores = new EventStores(this.database.transactions(), Instant::now, Runnable::run);
    }

    @AfterEach
    void stop() {
        stops.forEach(Runnable::run);
    }

    /** Keeps what it receives, and fails at chosen events. */
    private static class RecordingConsumer implements EventConsumer {
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        final Set<String> failing = ConcurrentHashMap.newKeySet();

        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public void onEvent(StoreName store, StoreEvent event) {
            String text = store.value() + " " + event.number();
            if (failing.contains(text)) {
                throw new IllegalStateException("cannot take " + text);
            }
            received.add(text);
        }

        @Override
        public void onReset(StoreName store) {
            received.add(store.value() + " reset");
        }

        List<String> next(int count) throws InterruptedException {
            List<String> next = new ArrayList<>();
            while (next.size() < count) {
                String text = received.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
                assertThat(text).as("after " + next).isNotNull();
                next.add(text);
            }
            return next;
        }
    }

    private ConsumerThread start(EventConsumer consumer) {
        ConsumerThread running =
                new ConsumerThread("workshop", consumer, database.transactions(), database.transactions());
        Thread thread = new Thread(running::run, "consumer of a test");
        thread.setDaemon(true);
        thread.start();
        stops.add(() -> stop(running, thread));
        return running;
    }

    private static void stop(ConsumerThread running, Thread thread) {
        running.stop();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(WAIT_SECONDS_MAX));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void restart() {
        stops.forEach(Runnable::run);
        stops.clear();
    }

    private void append(String store, long after, int count) {
        RoomId room = new StoreName(store).room("workshop");
        stores.open(room, Optional.empty());
        List<StoreEvent> events = new ArrayList<>();
        for (long number = after + 1; number <= after + count; number++) {
            events.add(new StoreEvent(number, number - 1, "v1.Noted", "null", "c", "s"));
        }
        engine.alone(new Mutation(
                Caller.anonymous("workshop"),
                room,
                Operation.APPEND,
                List.of(new Change.Append(events, Optional.empty())),
                Optional.empty(),
                Optional.empty()));
    }

    @Test
    @Tag("APP10")
    @DisplayName(
            "[APP10] a consumer receives the events of each store once and in order, also those from before its start")
    void inOrder() throws Exception {
        append("a", 0, 250);
        RecordingConsumer consumer = new RecordingConsumer();
        ConsumerThread thread = start(consumer);

        assertThat(consumer.next(250)).first().isEqualTo("a 1");
        append("a", 250, 2);
        append("b", 0, 1);
        thread.wake();
        assertThat(consumer.next(3)).containsExactlyInAnyOrder("a 251", "a 252", "b 1");
        assertThat(consumer.received).isEmpty();
    }

    @Test
    @Tag("APP10")
    @DisplayName("[APP10] after a restart a consumer continues behind the last event that it received")
    void restarted() throws Exception {
        append("a", 0, 3);
        RecordingConsumer before = new RecordingConsumer();
        start(before);
        before.next(3);
        restart();
        append("a", 3, 2);

        RecordingConsumer after = new RecordingConsumer();
        start(after);

        assertThat(after.next(2)).containsExactly("a 4", "a 5");
    }

    @Test
    @Tag("APP10")
    @DisplayName("[APP10] a failed call is repeated; later events of its store wait, other stores do not")
    void failing() throws Exception {
        RecordingConsumer consumer = new RecordingConsumer();
        consumer.failing.add("a 3");
        append("a", 0, 5);
        append("b", 0, 2);
        start(consumer);

        // The batch that fails is rolled back; what it had received is received again, one by one.
        List<String> first = consumer.next(6);
        assertThat(first).filteredOn(text -> text.startsWith("a")).containsExactly("a 1", "a 2", "a 1", "a 2");
        assertThat(first).filteredOn(text -> text.startsWith("b")).containsExactly("b 1", "b 2");

        consumer.failing.clear();
        assertThat(consumer.next(3)).containsExactly("a 3", "a 4", "a 5");
    }

    @Test
    @Tag("APP10")
    @DisplayName("[APP10] a reset of a store precedes its new events")
    void reset() throws Exception {
        append("a", 0, 2);
        RecordingConsumer consumer = new RecordingConsumer();
        ConsumerThread thread = start(consumer);
        consumer.next(2);

        database.execute("update lockstep_store set incarnation = 'another', head = 0, events = 0");
        append("a", 0, 1);
        thread.wake();

        assertThat(consumer.next(2)).containsExactly("a reset", "a 1");
    }

    @Test
    @Tag("APP10")
    @DisplayName("[APP10] a consumer may leave out stores, and begin at a number")
    void chosen() throws Exception {
        append("a", 0, 4);
        append("b", 0, 1);
        RecordingConsumer consumer = new RecordingConsumer() {
            @Override
            public boolean consumes(StoreName store) {
                return store.value().equals("a");
            }

            @Override
            public long firstNumber(StoreName store) {
                return 3;
            }
        };
        start(consumer);

        assertThat(consumer.next(2)).containsExactly("a 3", "a 4");
        append("b", 1, 1);
        append("a", 4, 1);
        assertThat(consumer.next(1)).containsExactly("a 5");
    }
}
