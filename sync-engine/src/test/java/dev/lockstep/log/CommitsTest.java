package dev.lockstep.log;

import static dev.lockstep.log.LogEntryFixture.aFullEntry;
import static dev.lockstep.log.LogEntryFixture.aMutationOf;
import static dev.lockstep.log.LogEntryFixture.logEntryFixture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Seq;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order and the limits of commits, in a database and in memory. */
@OnEveryLog
class CommitsTest {
    private final ActionLogFixture log;

    CommitsTest(Supplier<ActionLogFixture> log) {
        this.log = log.get();
    }

    private List<Commit> readAll() {
        return log.readAfter(Seq.START, Integer.MAX_VALUE);
    }

    @Test
    @Tag("LOG1")
    @DisplayName("[LOG1] the first action is 1, the next one more, over all rooms and transactions")
    void numbersFromOne() {
        log.append(List.of(aMutationOf(2), List.of(logEntryFixture().in("p2").entry())));
        log.append(List.of(List.of(logEntryFixture().of("tools").entry())));

        assertThat(readAll())
                .flatExtracting(Commit::actions)
                .extracting(action -> action.seq().value())
                .isEqualTo(LongStream.rangeClosed(1, 4).boxed().toList());
        assertThat(log.head()).isEqualTo(new Seq(4));
    }

    @Test
    @Tag("LOG3")
    @DisplayName("[LOG3] the actions of a mutation are one commit with adjacent numbers")
    void oneMutationIsOneCommit() {
        List<Commit> appended = log.append(List.of(aMutationOf(3), aMutationOf(1), aMutationOf(2)));

        assertThat(appended).extracting(Commit::first).containsExactly(new Seq(1), new Seq(4), new Seq(5));
        assertThat(appended).extracting(Commit::last).containsExactly(new Seq(3), new Seq(4), new Seq(6));
        assertThat(readAll()).isEqualTo(appended);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 100})
    @Tag("LOG3")
    @DisplayName("[LOG3] a page never cuts a commit, whatever its limit")
    void pagesNeverCut(int actionsMax) {
        List<Commit> appended = log.append(List.of(aMutationOf(1), aMutationOf(4), aMutationOf(2), aMutationOf(7)));

        List<Commit> paged = new ArrayList<>();
        Seq position = Seq.START;
        for (List<Commit> page = log.readAfter(position, actionsMax);
                !page.isEmpty();
                page = log.readAfter(position, actionsMax)) {
            paged.addAll(page);
            position = page.getLast().last();
        }

        assertThat(paged).isEqualTo(appended);
    }

    @Test
    @Tag("LOG3")
    @DisplayName("[LOG3] an action is read from the log as it was appended")
    void keepsEveryComponent() {
        log.append(List.of(List.of(aFullEntry()), List.of(logEntryFixture().entry())));

        assertThat(readAll())
                .flatExtracting(Commit::actions)
                .extracting(Action::entry)
                .containsExactly(aFullEntry(), logEntryFixture().entry());
    }
}
