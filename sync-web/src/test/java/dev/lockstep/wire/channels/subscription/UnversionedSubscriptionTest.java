package dev.lockstep.wire.channels.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.FeedFixture;
import dev.lockstep.wire.cfsync.model.Errand;
import dev.lockstep.wire.socket.Backlog;
import dev.lockstep.wire.socket.ConnectionPolicy;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.PlacedResponses;
import dev.lockstep.wire.socket.RecordedConnection;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first frames of a client 1.x, and their order. The position of such a client is the greatest stamp of the rows that it was sent. */
class UnversionedSubscriptionTest {
    private static final String DELETE_OF_GONE =
            "{\"type\":\"batch\",\"channel\":\"errands\",\"changes\":[{\"action\":\"delete\",\"key\":\"gone\"}]}";

    private final Channel channel = new Channel(
            "errands",
            new CollectionRegistry(List.of(Errand.class)).of("errands").getFirst(),
            new RoomId("errands", "r1"));
    private final FeedFixture feed = new FeedFixture(10);
    private final PlacedResponses answers = new PlacedResponses();
    private final Queue<Runnable> making = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();

    /** Commits of the log: their frames are their positions. */
    private enum Log implements Backlog.Source {
        READABLE;

        @Override
        public CompletionStage<BacklogRead<List<Frame>>> missed(Seq after, Seq upTo, Encoder<List<Frame>> encoder) {
            return CompletableFuture.completedStage(new BacklogRead.Page<>(
                    LongStream.rangeClosed(after.value() + 1, upTo.value())
                            .mapToObj(at -> List.of(new Frame("change at " + at, new Seq(at))))
                            .toList(),
                    upTo));
        }

        @Override
        public void rejoin() {}
    }

    private static RowPages rows(String lines) {
        return RowPages.thatFit(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    }

    /** Subscribes with the rows and the deletes at a position, while the room has reached a later one. */
    private RecordedConnection subscribe(long position, RowPages rows) {
        answers.begin(new Seq(position));
        RecordedConnection connection = new RecordedConnection(
                new UnversionedSubscription(
                        channel,
                        new Seq(position),
                        new SnapshotFrames("errands", true, rows, List.of(new EntityId("gone"))),
                        new ShownStamps(InstantSource.system()),
                        answers,
                        making::add,
                        () -> sent.add("lost")),
                ConnectionPolicy.COMMON,
                Runnable::run,
                sent::add);
        connection.subscriber().onJoined(feed.joinedNow());
        connection.startBacklog(Log.READABLE);
        return connection;
    }

    private static final String SNAPSHOT =
            "{\"type\":\"snapshot\",\"channel\":\"errands\",\"data\":[],\"isDelta\":true}";

    private static String batch(String row) {
        return "{\"type\":\"batch\",\"channel\":\"errands\",\"changes\":[{\"action\":\"update\",\"data\":" + row
                + "}]}";
    }

    private void make() {
        for (Runnable next = making.poll(); next != null; next = making.poll()) {
            next.run();
        }
    }

    @Test
    @Tag("CH7")
    @Tag("CH9")
    @DisplayName(
            "[CH7][CH9] an answer that is ready before the snapshot follows it, its deletes and all earlier changes")
    void answerBeforeTheSnapshot() {
        feed.append(6);
        RecordedConnection connection = subscribe(4, rows("{\"id\":\"a\"}\n"));
        assertThat(answers.add(new Seq(7), new Seq(8), List.of(new Frame("answer to 8"))))
                .isTrue();
        connection.responsesAdded();
        feed.appendRow();
        feed.appendRow();
        connection.subscriber().onAvailable();
        assertThat(sent).isEmpty();

        make();
        assertThat(sent.subList(0, 5))
                .containsExactly(SNAPSHOT, batch("{\"id\":\"a\"}"), DELETE_OF_GONE, "change at 5", "change at 6");
        assertThat(sent).hasSize(8);
        assertThat(sent.get(5)).startsWith("{\"type\":\"change\"");
        assertThat(sent.get(6)).isEqualTo("answer to 8");
        assertThat(sent.get(7)).startsWith("{\"type\":\"change\"");
        assertThat(connection.closed()).isEmpty();
    }

    @Test
    @Tag("CH7")
    @DisplayName(
            "[CH7] with several pages of rows, the deletes are sent first: a later row would move the client past them")
    void deletesBeforePages() {
        String row = "{\"id\":\"a\",\"text\":\"" + "x".repeat(RowPages.BYTES_MAX / 2) + "\"}";
        subscribe(0, rows(row + "\n" + row + "\n" + row + "\n"));
        make();
        assertThat(sent).containsExactly(SNAPSHOT, DELETE_OF_GONE, batch(row), batch(row), batch(row));
    }
}
