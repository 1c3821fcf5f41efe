package dev.lockstep.publish;

import static dev.lockstep.log.AnEntry.ANY_GROUP;
import static dev.lockstep.log.AnEntry.aMutationOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Floors;
import dev.lockstep.log.RoomStamps;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Missed;
import dev.lockstep.room.Sight;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class BacklogContract {
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final Encoder<Long> PLACE = commit -> commit.last().value();
    private static final Sight ALL = Sight.of(Set.of(new CollectionName("tasks")));
    private static final int WAIT_SECONDS_MAX = 30;

    private final ActionLog log = new ActionLog();
    private TestDatabase database = database();
    private Post post;

    abstract TestDatabase database();

    @BeforeEach
    void empty() {
        database = database().emptied();
        post = new Post(database);
    }

    @AfterEach
    void stop() throws InterruptedException {
        post.publisher().stop();
        post.close();
    }

    /** Appends so many commits of one action. */
    private void append(int commits) {
        database.transactions().run(scope -> {
            RoomStamps stamps = RoomStamps.lock(scope.connection(), Set.of(ROOM));
            stamps.next(Set.of(ROOM), 1);
            stamps.save(scope.connection());
            for (int i = 0; i < commits; i++) {
                log.append(scope.connection(), ANY_GROUP, List.of(aMutationOf(1)));
            }
            return commits;
        });
    }

    private Missed<Long> read(long after, long upTo) {
        return post.backlog()
                .read(List.of(ROOM), ALL, new Seq(after), new Seq(upTo), PLACE)
                .toCompletableFuture()
                .orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }

    @Test
    @DisplayName("[WIRE4] what was missed is read in order, up to what was handed over")
    void missed() {
        append(5);

        assertThat(read(2, 4)).isEqualTo(new Missed.Page<>(List.of(3L, 4L), new Seq(4)));
        assertThat(read(4, 4)).isEqualTo(new Missed.Page<>(List.of(), new Seq(4)));
    }

    @Test
    @DisplayName("[ACC9] who knows only some collections misses nothing of the others, and gets beyond them")
    void ofSomeCollections() {
        append(5);

        assertThat(post.backlog()
                        .read(
                                List.of(ROOM),
                                Sight.of(Set.of(new CollectionName("tools"))),
                                new Seq(2),
                                new Seq(5),
                                PLACE)
                        .toCompletableFuture()
                        .orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS)
                        .join())
                .isEqualTo(new Missed.Page<>(List.of(), new Seq(5)));
    }

    @Test
    @DisplayName("[WIRE4] a cursor between what was handed over and the head is good: nothing was missed yet")
    void aheadOfTheRooms() {
        append(5);

        assertThat(read(5, 3)).isEqualTo(new Missed.Page<>(List.of(), new Seq(5)));
    }

    @Test
    @DisplayName("[WIRE4] below the floor and ahead of the head the log cannot tell")
    void lost() {
        append(5);
        database.transactions().run(scope -> new Floors().prune(scope.connection(), 2));
        append(1);

        assertThat(read(4, 6)).isEqualTo(new Missed.Lost<>(false));
        assertThat(read(5, 6)).isEqualTo(new Missed.Page<>(List.of(6L), new Seq(6)));
        assertThat(read(7, 6)).isEqualTo(new Missed.Lost<>(true));
    }

    @Test
    @DisplayName("[WIRE4] more who ask than are read at a time all get their page")
    void many() {
        append(3);
        var pages = IntStream.range(0, 10 * Backlog.READERS_MAX)
                .mapToObj(i -> post.backlog().read(List.of(ROOM), ALL, Seq.START, new Seq(3), PLACE))
                .toList();

        assertThat(pages)
                .allSatisfy(page -> assertThat(page.toCompletableFuture()
                                .orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS)
                                .join())
                        .isEqualTo(new Missed.Page<>(List.of(1L, 2L, 3L), new Seq(3))));
    }
}
