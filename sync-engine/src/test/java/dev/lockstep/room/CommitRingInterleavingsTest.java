package dev.lockstep.room;

import java.util.List;
import java.util.stream.LongStream;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One thread appends, two read with their own cursors: every interleaving must equal a sequential order. */
public class CommitRingInterleavingsTest {
    private static final List<EncodedCommit> DELIVERIES = LongStream.rangeClosed(1, 20)
            .mapToObj(seq -> new EncodedCommit(CommitFixture.at(seq)))
            .toList();

    private final CommitRing ring = new CommitRing(2, Long.MAX_VALUE);
    private final CommitRing.Reader one = ring.atEnd();
    private final CommitRing.Reader two = ring.atEnd();
    private int appended;

    /** The publisher's. */
    @Operation(nonParallelGroup = "publisher")
    public void append() {
        ring.append(DELIVERIES.get(appended++));
    }

    /** The position that the first reader took; 0 for none. */
    @Operation(nonParallelGroup = "one")
    public long takeOne() {
        return one.take().map(delivery -> delivery.seq().value()).orElse(0L);
    }

    /** The first reader's. */
    @Operation(nonParallelGroup = "one")
    public boolean fellBehindOne() {
        return one.fellBehind();
    }

    /** The second reader's. */
    @Operation(nonParallelGroup = "two")
    public long takeTwo() {
        return two.take().map(delivery -> delivery.seq().value()).orElse(0L);
    }

    @Test
    @Tag("ROOM5")
    @DisplayName("[ROOM5] whatever is cut during a read, a cursor takes the next commit or learns that it fell behind")
    void linearizable() {
        new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(3)
                .check(CommitRingInterleavingsTest.class);
    }
}
