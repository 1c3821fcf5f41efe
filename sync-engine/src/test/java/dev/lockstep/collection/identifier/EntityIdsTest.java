package dev.lockstep.collection.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.EntityId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EntityIdsTest {
    /** A clock that returns these times in order, and then always the last one. */
    private static InstantSource clock(List<Long> millis) {
        PrimitiveIterator.OfLong times =
                millis.stream().mapToLong(Long::longValue).iterator();
        long last = millis.getLast();
        return () -> java.time.Instant.ofEpochMilli(times.hasNext() ? times.nextLong() : last);
    }

    @Property(tries = 200)
    @net.jqwik.api.Tag("COL9")
    @Label("[COL9] each id is greater than the one before, whatever the clock does")
    void grow(
            @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 0, max = 281_474_976_710_000L) Long> clock,
            @ForAll long seed) {
        EntityIds ids = new EntityIds(clock(clock), new Random(seed));
        List<EntityId> made = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            made.add(ids.next());
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Property(tries = 200)
    @net.jqwik.api.Tag("COL9")
    @Label("[COL9] an id is a UUID of version 7 that holds its time")
    void areVersion7(@ForAll @LongRange(min = 0, max = 281_474_976_710_655L) long millis, @ForAll long seed) {
        UUID id = UUID.fromString(
                new EntityIds(clock(List.of(millis)), new Random(seed)).next().value());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(millis);
    }

    @Test
    @Tag("COL9")
    @DisplayName("[COL9] ids grow past the end of a millisecond's counter")
    void outgrowTheCounter() {
        EntityIds ids = new EntityIds(clock(List.of(1L)), new Random(1));
        EntityId last = ids.next();
        for (int i = 0; i < 10_000; i++) {
            EntityId next = ids.next();
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }
}
