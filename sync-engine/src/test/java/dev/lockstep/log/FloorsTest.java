package dev.lockstep.log;

import static dev.lockstep.log.LogEntryFixture.ANY_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class FloorsTest {
    private static final RoomId P1 = new RoomId("workshop", "p1");
    private static final RoomId P2 = new RoomId("workshop", "p2");

    private final TestDatabase database;
    private final ActionLog log = new ActionLog();
    private final Floors floors = new Floors();

    FloorsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    /** Appends a mutation as a writer does. */
    private void append(LogEntry... entries) {
        List<LogEntry> mutation = List.of(entries);
        database.transactions().run(scope -> {
            RoomStamps stamps = RoomStamps.lock(
                    scope.connection(),
                    Set.copyOf(mutation.stream().map(LogEntry::room).toList()));
            mutation.forEach(entry -> stamps.next(Set.of(entry.room()), entry.stampMicros()));
            StatementPipeline closing = new StatementPipeline(scope.connection());
            stamps.save(closing);
            List<Commit> commits = log.append(closing, ANY_GROUP, List.of(mutation));
            closing.execute();
            return commits;
        });
    }

    private Optional<Seq> prune(long beforeMicros) {
        return database.transactions().run(scope -> floors.prune(scope.connection(), beforeMicros));
    }

    private Seq floor(RoomId... rooms) {
        return database.transactions()
                .run(scope -> LogBounds.of(new StatementPipeline(scope.connection()), floors, List.of(rooms))
                        .floor());
    }

    private List<Long> left() {
        List<Long> seqs = new ArrayList<>();
        database.transactions()
                .run(scope -> log.readAfter(scope.connection(), Seq.START, Integer.MAX_VALUE))
                .forEach(commit ->
                        commit.actions().forEach(action -> seqs.add(action.seq().value())));
        return seqs;
    }

    @Test
    @Tag("LOG7")
    @DisplayName("[LOG7] old commits are pruned, and the floor of each of their rooms is its last pruned action")
    void prunes() {
        append(LogEntryFixture.at("p1", 10));
        append(LogEntryFixture.at("p2", 20));
        append(LogEntryFixture.at("p1", 30));

        assertThat(prune(25)).contains(new Seq(2));

        assertThat(left()).containsExactly(3L);
        assertThat(floor(P1)).isEqualTo(new Seq(1));
        assertThat(floor(P2)).isEqualTo(new Seq(2));
        assertThat(floor(P1, P2)).isEqualTo(new Seq(2));
        assertThat(prune(25)).isEmpty();
    }

    @Test
    @Tag("LOG7")
    @DisplayName("[LOG7] without pruning the floor is the start")
    void nothingPruned() {
        append(LogEntryFixture.at("p1", 10));

        assertThat(prune(10)).isEmpty();
        assertThat(left()).containsExactly(1L);
        assertThat(floor(P1)).isEqualTo(Seq.START);
        assertThat(floor(new RoomId("workshop", "never written"))).isEqualTo(Seq.START);
    }

    @Test
    @Tag("LOG7")
    @DisplayName("[LOG7] the first commit that stays keeps all later ones")
    void staysInOrder() {
        append(LogEntryFixture.at("p1", 50));
        append(LogEntryFixture.at("p2", 10));

        assertThat(prune(20)).isEmpty();
        assertThat(left()).containsExactly(1L, 2L);
    }

    @Test
    @Tag("LOG7")
    @DisplayName("[LOG7] one transaction prunes a page, and never a part of a commit")
    void pages() {
        LogEntry[] many = Collections.nCopies(Floors.PAGE_ACTIONS_MAX - 1, LogEntryFixture.at("p1", 10))
                .toArray(LogEntry[]::new);
        append(many);
        append(LogEntryFixture.at("p2", 10), LogEntryFixture.at("p1", 10), LogEntryFixture.at("p2", 10));
        append(LogEntryFixture.at("p1", 10));

        assertThat(prune(20)).contains(new Seq(many.length + 3));
        assertThat(floor(P1)).isEqualTo(new Seq(many.length + 2));
        assertThat(floor(P2)).isEqualTo(new Seq(many.length + 3));
        assertThat(left()).containsExactly(many.length + 4L);
        assertThat(prune(20)).contains(new Seq(many.length + 4));
    }

    @Test
    @Tag("LOG1")
    @DisplayName("[LOG1] numbers continue after all was pruned")
    void goesOn() {
        append(LogEntryFixture.at("p1", 10));
        prune(20);
        append(LogEntryFixture.at("p1", 30));

        assertThat(left()).containsExactly(2L);
    }
}
