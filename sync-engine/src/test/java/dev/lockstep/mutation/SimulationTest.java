package dev.lockstep.mutation;

import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random runs of clients and nodes. {@code -Dlockstep.simulation.seed} repeats one, {@code
 * -Dlockstep.simulation.rounds} sets the number of runs, without a time limit.
 */
@OnEveryDatabase
class SimulationTest {
    private static final String SEED = "lockstep.simulation.seed";
    private static final String ROUNDS = "lockstep.simulation.rounds";

    /** Time for rounds in a build. No round starts after it. */
    private static final long BUILD_SECONDS_MAX = 25;

    private final TestDatabase database;
    /** Each crash makes them log; the references keep their levels from being collected. */
    private final Logger[] noisy = Stream.of("dev.lockstep", "org.hibernate", "org.jboss")
            .map(Logger::getLogger)
            .toArray(Logger[]::new);

    SimulationTest(TestDatabase database) {
        this.database = database;
    }

    /** Rounds in a build. */
    private int rounds() {
        return database.isH2() ? 200 : 30;
    }

    @BeforeEach
    void quiet() {
        for (Logger logger : noisy) {
            logger.setLevel(Level.OFF);
        }
    }

    @AfterEach
    void restoreLevels() {
        for (Logger logger : noisy) {
            logger.setLevel(null);
        }
    }

    @Test
    @Tag("MUT1")
    @Tag("MUT9")
    @Tag("PUB2")
    @Tag("ROOM1")
    @DisplayName("[MUT1][MUT9][PUB2][ROOM1] after any crashes, all replicas equal the rows, and the rows equal the log")
    void everythingAgrees() {
        Long seed = Long.getLong(SEED);
        Integer rounds = Integer.getInteger(ROUNDS);
        long first = seed == null ? System.nanoTime() : seed;
        int last = rounds != null ? rounds : seed != null ? 1 : rounds();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BUILD_SECONDS_MAX);
        for (int i = 0; i < last && (rounds != null || System.nanoTime() < deadline); i++) {
            live(first + i);
        }
    }

    private void live(long seed) {
        try (Simulation simulation = new Simulation(database, seed)) {
            simulation.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("failed with -D" + SEED + "=" + seed + ": " + e.getMessage(), e);
        }
    }
}
