package dev.lockstep.log;

import static dev.lockstep.log.LogEntryFixture.ANY_GROUP;
import static dev.lockstep.log.LogEntryFixture.aMutationOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.Seq;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Properties of the log, besides those of {@link CommitsTest}. */
@OnEveryDatabase
class ActionLogTest {
    private final TestDatabase database;
    private final ActionLog log = new ActionLog();

    ActionLogTest(TestDatabase database) {
        this.database = database.emptied();
    }

    private List<Commit> append(List<List<LogEntry>> mutations) {
        return database.transactions().run(scope -> log.append(scope.connection(), ANY_GROUP, mutations));
    }

    private List<Commit> readAll() {
        return readAfter(Seq.START, Integer.MAX_VALUE);
    }

    private List<Commit> readAfter(Seq after, int actionsMax) {
        return database.transactions().run(scope -> log.readAfter(scope.connection(), after, actionsMax));
    }

    private Seq head() {
        return database.transactions().run(scope -> log.head(scope.connection()));
    }

    private static List<Long> seqs(List<Commit> commits) {
        return commits.stream()
                .flatMap(commit -> commit.actions().stream())
                .map(action -> action.seq().value())
                .toList();
    }

    private static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    @Tag("LOG1")
    @DisplayName("[LOG1] a transaction that rolls back leaves no gap")
    void rollbackLeavesNoGap() {
        append(List.of(aMutationOf(1)));
        assertThatThrownBy(() -> database.transactions().run(scope -> {
                    log.append(scope.connection(), ANY_GROUP, List.of(aMutationOf(5)));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        append(List.of(aMutationOf(1)));

        assertThat(seqs(readAll())).isEqualTo(oneTo(2));
        assertThat(readAll().getLast().actions().getFirst().number()).isEqualTo(2);
    }

    @Test
    @Tag("LOG1")
    @DisplayName("[LOG1] a mutation without changes takes no number and no lock")
    void nothingTakesNothing() {
        int before = database.statementsSent();
        assertThat(append(List.of())).isEmpty();

        assertThat(database.statementsSent()).isEqualTo(before);
        assertThat(head()).isEqualTo(Seq.START);
    }

    @Test
    @Tag("MUT11")
    @DisplayName("[MUT11] the log knows whether it holds a batch, by its number and its first position")
    void holdsAGroup() {
        append(List.of(aMutationOf(2)));
        database.transactions().run(scope -> log.append(scope.connection(), 77, List.of(aMutationOf(1))));

        assertThat(holds(77, 3)).isTrue();
        assertThat(holds(77, 2)).isFalse();
        assertThat(holds(78, 3)).isFalse();
        assertThat(holds(77, 4)).isFalse();
    }

    private boolean holds(long groupId, long first) {
        return database.transactions().run(scope -> log.containsBatch(scope.connection(), groupId, new Seq(first)));
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] actions are read again by their positions")
    void readsRanges() {
        append(List.of(aMutationOf(2), aMutationOf(3), aMutationOf(1)));
        List<Action> read = database.transactions()
                .run(scope -> log.read(
                        scope.connection(),
                        List.of(
                                new ActionLog.Range(new Seq(6), new Seq(6)),
                                new ActionLog.Range(new Seq(2), new Seq(3)))));

        assertThat(read).extracting(Action::seq).containsExactly(new Seq(2), new Seq(3), new Seq(6));
    }

    @Test
    @Tag("LOG6")
    @DisplayName("[LOG6] one mutation and 300 take the same number of statements")
    void statementsDoNotGrow() {
        append(List.of(aMutationOf(1))); // the row of the counter exists from now on
        int forOne = statements(() -> append(List.of(aMutationOf(1))));
        int forMany = statements(() -> append(Collections.nCopies(300, aMutationOf(2))));

        assertThat(forMany).isEqualTo(forOne).isPositive();
    }

    private int statements(Runnable work) {
        int before = database.statementsSent();
        work.run();
        return database.statementsSent() - before;
    }

    @Test
    @Tag("LOG3")
    @DisplayName("[LOG3] a page is bounded in characters too, and ends with a commit")
    void pageOfLargeRows() {
        List<LogEntry> third = List.of(LogEntryFixture.ofCharacters(1_000_000), LogEntryFixture.ofCharacters(400_000));
        append(List.of(third, third, third, third));

        assertThat(readAfter(Seq.START, 1_000)).hasSize(3);
        assertThat(readAfter(new Seq(6), 1_000)).hasSize(1);
    }
}
