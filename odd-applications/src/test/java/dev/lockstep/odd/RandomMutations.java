package dev.lockstep.odd;

import dev.lockstep.odd.deployed.OddServer;
import dev.lockstep.odd.oracle.Heartbeat;
import dev.lockstep.odd.oracle.Run;
import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.odd.random.Step;
import dev.lockstep.odd.random.StepGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the steps of a seed, and reduces failing steps to a minimum. */
final class RandomMutations {
    private static final int STEPS = 40;
    private static final int WRITERS = 4;
    private static final int STEPS_OF_A_WRITER = 8;

    /** Time limit of the reduction. */
    private static final Duration REDUCING_MAX = Duration.ofMinutes(1);

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final OddServer server;
    private final Heartbeat heartbeat;

    RandomMutations(OddServer server, Heartbeat heartbeat) {
        this.server = server;
        this.heartbeat = heartbeat;
    }

    /** Runs the steps of a seed. If they fail, so does the test, with the fewest steps that fail the same way. */
    void run(long seed, List<OddCollection> collections) throws Exception {
        StepGenerator generator = new StepGenerator(seed, collections);
        List<Step> steps = generator.next(STEPS);
        String name = "seed " + seed + " of " + collections.getFirst().application();
        try (Run run = new Run(server, collections, runName(seed))) {
            for (int i = 0; i < steps.size(); i++) {
                try {
                    run.perform(steps.get(i));
                } catch (AssertionError | RuntimeException failed) {
                    throw new AssertionError(
                            name + ": " + failed.getMessage() + reduced(collections, steps.subList(0, i + 1)), failed);
                }
            }
            List<List<Step>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(generator.next(STEPS_OF_A_WRITER));
            }
            try {
                run.performAtOnce(writers);
                run.comeBack(new Random(seed));
                run.bootstrap(new Random(seed));
            } catch (AssertionError | RuntimeException failed) {
                StringBuilder all = new StringBuilder(name + ", writers at once: " + failed.getMessage());
                writers.forEach(own -> own.forEach(step -> all.append("\n  ").append(run.describe(step))));
                throw new AssertionError(all.toString(), failed);
            }
        }
        List<String> late = heartbeat.late();
        if (!late.isEmpty()) {
            throw new AssertionError(name + " slowed other rooms: " + late);
        }
        List<String> errors = server.newErrors();
        if (!errors.isEmpty()) {
            throw new AssertionError(name + ": the server has logged " + String.join("\n", errors));
        }
    }

    private static String runName(long seed) {
        return "run" + seed + "-" + RUNS.incrementAndGet();
    }

    /** Removes ever smaller parts of the steps while the rest still fails. */
    private String reduced(List<OddCollection> collections, List<Step> failing) {
        long end = System.nanoTime() + REDUCING_MAX.toNanos();
        List<Step> least = failing;
        String shown = "";
        int part = Math.max(1, least.size() / 2);
        while (part >= 1 && System.nanoTime() < end) {
            boolean shorter = false;
            for (int from = 0; from < least.size() && System.nanoTime() < end; ) {
                List<Step> fewer = new ArrayList<>(least.subList(0, from));
                fewer.addAll(least.subList(Math.min(least.size(), from + part), least.size()));
                String failure = fewer.isEmpty() ? "" : failure(collections, fewer);
                if (failure.isEmpty()) {
                    from += part;
                } else {
                    least = fewer;
                    shown = failure;
                    shorter = true;
                }
            }
            part = shorter && part > 1 ? Math.min(part, least.size()) : part / 2;
        }
        return "\nThe fewest steps found that fail:" + (shown.isEmpty() ? failure(collections, least) : shown);
    }

    /** The result of steps in rooms of their own: the requests and the failure; empty if they do not fail. */
    private String failure(List<OddCollection> collections, List<Step> steps) {
        StringBuilder requests = new StringBuilder();
        try (Run run = new Run(server, collections, runName(0))) {
            for (Step step : steps) {
                try {
                    run.perform(step);
                    requests.append("\n  ").append(run.describe(step));
                } catch (AssertionError | RuntimeException failed) {
                    return requests + "\n  " + run.describe(step) + "\n  " + failed.getMessage();
                }
            }
        }
        return "";
    }
}
