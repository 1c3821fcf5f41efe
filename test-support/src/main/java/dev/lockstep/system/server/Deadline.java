package dev.lockstep.system.server;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** A bounded wait for a condition. What does not come true in time fails the test, with the last thing that was seen. */
public final class Deadline {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Duration wait;

    private Deadline(Duration wait) {
        this.wait = wait;
    }

    public static Deadline ofSeconds(int seconds) {
        return new Deadline(Duration.ofSeconds(seconds));
    }

    /** Looks until the condition holds. A look that throws is one that did not hold. */
    public void until(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + wait.toNanos();
        Exception last = null;
        do {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        } while (System.nanoTime() < end);
        throw new AssertionError("not within " + wait.toSeconds() + " s: " + what, last);
    }
}
