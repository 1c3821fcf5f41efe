package dev.lockstep.odd;

import dev.lockstep.odd.deployed.OddServer;
import dev.lockstep.odd.oracle.Heartbeat;
import dev.lockstep.odd.random.Catalog;
import dev.lockstep.odd.random.OddCollection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Random mutations keep the oracle's conditions true, on any database. */
abstract class RandomMutationsContract {
    /** Seeds that every build runs, each for all applications. */
    private static final List<Long> SEEDS = List.of(1L, 2L);

    /** Seeds that have failed once, by the application whose steps did. */
    private static final Map<Long, String> FAILED_ONCE = Map.of(
            1796072768366L, "odd-ids",
            1796072998165L, "odd-stored",
            1796077483994L, "odd-rooms",
            1796077801502L, "odd-stored",
            1796078763946L, "odd-values",
            1796079514986L, "odd-stored",
            1796081786860L, "odd-shapes",
            1796082328478L, "odd-ids",
            1796098678771L, "odd-forms");

    private static @Nullable Heartbeat heartbeat;

    private final OddServer server;

    RandomMutationsContract(OddServer server) {
        this.server = server;
    }

    /** To be called once the server is up. */
    static void startHeartbeat(OddServer server) {
        heartbeat = new Heartbeat(server);
    }

    @AfterAll
    static void stopHeartbeat() {
        if (heartbeat != null) {
            heartbeat.close();
        }
    }

    @TestFactory
    @DisplayName("answer = frame = log = list = table after each random mutation")
    Stream<DynamicTest> seeds() {
        String only = System.getProperty("lockstep.odd.seed", "");
        return Catalog.applications().stream().flatMap(collections -> {
            String application = collections.getFirst().application();
            Stream<Long> seeds = only.isEmpty()
                    ? Stream.concat(SEEDS.stream(), failedOnce(application))
                    : Stream.of(only.split(",", -1)).map(Long::valueOf);
            return seeds.map(
                    seed -> DynamicTest.dynamicTest(application + ", seed " + seed, () -> run(seed, collections)));
        });
    }

    private static Stream<Long> failedOnce(String application) {
        return FAILED_ONCE.entrySet().stream()
                .filter(seed -> seed.getValue().equals(application))
                .map(Map.Entry::getKey)
                .sorted();
    }

    @Test
    @DisplayName("the same holds for the minutes of -Dlockstep.odd.minutes, with new seeds")
    void longer() throws Exception {
        long end = System.nanoTime()
                + Duration.ofMinutes(Long.getLong("lockstep.odd.minutes", 0)).toNanos();
        for (long seed = System.currentTimeMillis(); System.nanoTime() < end; seed++) {
            for (List<OddCollection> collections : Catalog.applications()) {
                run(seed, collections);
            }
        }
    }

    private void run(long seed, List<OddCollection> collections) throws Exception {
        new RandomMutations(server, Objects.requireNonNull(heartbeat, "before all")).run(seed, collections);
    }
}
