package dev.lockstep.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CommitRingTest {
    private static final long ROOMY = 1_000_000;

    private static EncodedCommit delivery(long seq) {
        return new EncodedCommit(CommitFixture.at(seq));
    }

    private static List<Long> readAll(CommitRing.Reader cursor) {
        List<Long> seqs = new ArrayList<>();
        for (Optional<EncodedCommit> next = cursor.take(); next.isPresent(); next = cursor.take()) {
            seqs.add(next.get().seq().value());
        }
        return seqs;
    }

    @Test
    @Tag("ROOM1")
    @DisplayName("[ROOM1] a cursor reads commits appended after its creation, once and in order")
    void readsOn() {
        CommitRing ring = new CommitRing(10, ROOMY);
        ring.append(delivery(1));
        CommitRing.Reader cursor = ring.atEnd();

        assertThat(readAll(cursor)).isEmpty();
        ring.append(delivery(2));
        ring.append(delivery(3));
        assertThat(readAll(cursor)).containsExactly(2L, 3L);
        assertThat(readAll(cursor)).isEmpty();
        ring.append(delivery(4));
        assertThat(readAll(cursor)).containsExactly(4L);
    }

    @Test
    @Tag("ROOM5")
    @DisplayName("[ROOM5] a cursor that is behind by the whole length of the ring still reads all of it")
    void reachesBack() {
        CommitRing ring = new CommitRing(3, ROOMY);
        CommitRing.Reader cursor = ring.atEnd();
        for (int seq = 1; seq <= 3; seq++) {
            ring.append(delivery(seq));
        }

        assertThat(cursor.fellBehind()).isFalse();
        assertThat(readAll(cursor)).containsExactly(1L, 2L, 3L);
    }

    @Test
    @Tag("ROOM5")
    @DisplayName("[ROOM5] a cursor that is further behind learns it, and reads nothing more")
    void fallsBehind() {
        CommitRing ring = new CommitRing(3, ROOMY);
        CommitRing.Reader cursor = ring.atEnd();
        for (int seq = 1; seq <= 4; seq++) {
            ring.append(delivery(seq));
        }

        assertThat(cursor.fellBehind()).isTrue();
        assertThat(readAll(cursor)).isEmpty();
        ring.append(delivery(5));
        assertThat(cursor.fellBehind()).isTrue();
    }

    @Test
    @Tag("ROOM5")
    @DisplayName("[ROOM5] the ring is bounded in characters too, but keeps its newest commit whatever its size")
    void boundedInCharacters() {
        long one = delivery(1).characters();
        CommitRing ring = new CommitRing(100, 2 * one);
        CommitRing.Reader first = ring.atEnd();
        ring.append(delivery(1));
        ring.append(delivery(2));
        assertThat(first.fellBehind()).isFalse();
        ring.append(delivery(3));
        assertThat(first.fellBehind()).isTrue();

        CommitRing tiny = new CommitRing(100, 0);
        CommitRing.Reader cursor = tiny.atEnd();
        tiny.append(delivery(1));
        assertThat(readAll(cursor)).containsExactly(1L);
    }

    @Test
    @Tag("ROOM5")
    @DisplayName("[ROOM5] a cursor that fell behind keeps no commit in memory that was cut after its position")
    void keepsNothingAlive() {
        CommitRing ring = new CommitRing(2, ROOMY);
        CommitRing.Reader left = ring.atEnd();
        List<WeakReference<EncodedCommit>> cut = new ArrayList<>();
        for (int seq = 1; seq <= 50; seq++) {
            EncodedCommit next = delivery(seq);
            ring.append(next);
            if (seq <= 47) {
                cut.add(new WeakReference<>(next));
            }
        }

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (cut.stream().anyMatch(commit -> commit.get() != null) && System.nanoTime() < deadline) {
            System.gc();
        }
        assertThat(cut).allMatch(commit -> commit.get() == null);
        assertThat(left.fellBehind()).isTrue();
    }
}
