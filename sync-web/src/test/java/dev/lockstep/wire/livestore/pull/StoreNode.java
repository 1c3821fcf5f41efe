package dev.lockstep.wire.livestore.pull;

import dev.lockstep.api.StoreEvent;
import dev.lockstep.event.StorePage;
import dev.lockstep.event.StoredEvent;
import dev.lockstep.room.FeedFixture;
import dev.lockstep.room.RoomSubscriber;
import dev.lockstep.wire.socket.ConnectionPolicy;
import dev.lockstep.wire.socket.RecordedConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * A node with one event store, and live pulls that begin while events are pushed. The test controls its threads: a publisher,
 * a reader of the database, a writer to sockets, and the clients.
 */
final class StoreNode {
    private static final String SEPARATOR = "\u001E";

    private final FeedFixture feed;
    private final int pageEventsMax;
    private final AtomicLong committed = new AtomicLong();
    private final List<RoomSubscriber> subscribers = new ArrayList<>(); // of the publisher thread
    private final Threads threads;

    /** @param pause runs where a thread may be preempted */
    record Threads(Executor publisher, Executor reader, Executor writer, Executor clients, Runnable pause) {}

    /**
     * A node.
     *
     * @param commitsMax number of commits that the room keeps: sockets that are further behind fall off
     * @param pageEventsMax number of events in a page of the database
     */
    StoreNode(Threads threads, int commitsMax, int pageEventsMax) {
        this.threads = threads;
        this.feed = new FeedFixture(commitsMax);
        this.pageEventsMax = pageEventsMax;
    }

    /** Appends so many events. The publisher is notified later: a page may hold them by then. */
    void push(int events) {
        long last = committed.addAndGet(events);
        threads.reader().execute(() -> threads.publisher().execute(() -> deliver(last - events, last)));
    }

    /** Another node appends events, and the room never receives their commit. */
    void pushUnnoticed(int events) {
        committed.addAndGet(events);
    }

    /** Imports so many events: their commit is without content. */
    void importEvents(int events) {
        long last = committed.addAndGet(events);
        threads.reader()
                .execute(() -> threads.publisher().execute(() -> deliver(last - events, last, Optional.empty())));
    }

    /** The number of the last event. */
    long head() {
        return committed.get();
    }

    /** The store begins anew. */
    void reset() {
        threads.publisher().execute(() -> {
            feed.appendEvents("reset", Optional.empty(), threads.pause());
            subscribers.forEach(RoomSubscriber::onAvailable);
        });
    }

    private void deliver(long parent, long last) {
        String events = String.join(
                SEPARATOR,
                LongStream.rangeClosed(parent + 1, last)
                        .mapToObj(StoreNode::json)
                        .toList());
        deliver(parent, last, Optional.of(events));
    }

    private void deliver(long parent, long last, Optional<String> events) {
        feed.appendEvents(parent + "-" + last, events, threads.pause());
        threads.pause().run();
        for (RoomSubscriber each : subscribers) {
            each.onAvailable();
            threads.pause().run();
        }
    }

    private static String json(long number) {
        return new StoreEvent(number, number - 1, "v1.Added", "{}", "c", "s").json();
    }

    private CompletionStage<StorePage> page(long after, int eventsMax) {
        CompletableFuture<StorePage> page = new CompletableFuture<>();
        threads.reader().execute(() -> {
            long now = head();
            long last = Math.max(after, Math.min(now, after + Math.min(eventsMax, pageEventsMax)));
            List<StoredEvent> events = LongStream.rangeClosed(after + 1, last)
                    .mapToObj(number -> new StoredEvent(number, json(number), 0))
                    .toList();
            threads.pause().run();
            page.complete(new StorePage(events, Math.max(0, now - last)));
        });
        return page;
    }

    /** Begins a live pull of a client that has the events up to a number. */
    LiveClient pull(long after) {
        LiveClient client = new LiveClient(after);
        threads.pause().run();
        threads.publisher().execute(() -> {
            subscribers.add(client.connection.subscriber());
            client.connection.subscriber().onJoined(feed.joinedNow());
        });
        threads.pause().run();
        client.connection.startBacklog(() ->
                threads.publisher().execute(() -> client.connection.subscriber().onJoined(feed.joinedNow())));
        return client;
    }

    /** A client that acknowledges each chunk later, as published clients do, or when the test says so. */
    final class LiveClient {
        private static final Pattern NUMBER = Pattern.compile("\"seqNum\":(\\d+)");

        private final long after;
        private final StoreSubscription protocol;
        private final RecordedConnection connection;
        private final List<Long> numbers = new ArrayList<>();
        private final List<String> chunks = new ArrayList<>();
        private boolean isMoreAnnounced;
        private int overtaken;

        LiveClient(long after) {
            this.after = after;
            protocol = new StoreSubscription(
                    "7", "backend", (from, eventsMax, charactersMax) -> page(from, eventsMax), after);
            connection = new RecordedConnection(protocol, ConnectionPolicy.COMMON, threads.writer(), this::received);
        }

        private synchronized void received(String chunk) {
            overtaken += isMoreAnnounced ? 1 : 0; // the chunk before was not acknowledged
            isMoreAnnounced = chunk.contains("\"MoreKnown\"");
            chunks.add(chunk);
            Matcher matcher = NUMBER.matcher(chunk);
            while (matcher.find()) {
                numbers.add(Long.parseLong(matcher.group(1)));
            }
            threads.clients().execute(this::acknowledge);
        }

        void acknowledge() {
            synchronized (this) {
                isMoreAnnounced = false;
            }
            protocol.acknowledged();
        }

        /** The numbers that it must receive if the store ends there. */
        List<Long> expected(long head) {
            return LongStream.rangeClosed(after + 1, head).boxed().toList();
        }

        synchronized List<Long> numbers() {
            return List.copyOf(numbers);
        }

        synchronized List<String> chunks() {
            return List.copyOf(chunks);
        }

        /** How many chunks came before the acknowledgement of a page that was not the last. */
        synchronized int overtaken() {
            return overtaken;
        }

        List<String> closed() {
            return connection.closed();
        }
    }
}
