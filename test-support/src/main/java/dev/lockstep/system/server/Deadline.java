package dev.lockstep.system.server;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * A bounded wait for a condition. A condition that does not hold in time fails the test, with the last result of its
 * check.
 */
public final class Deadline {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Duration wait;

    private Deadline(Duration wait) {
        this.wait = wait;
    }

    public static Deadline ofSeconds(int seconds) {
        return new Deadline(Duration.ofSeconds(seconds));
    }

    /** Repeats the check until the condition holds. A check that throws counts as not holding. */
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
