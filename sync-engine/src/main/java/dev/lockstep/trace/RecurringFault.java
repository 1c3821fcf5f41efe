package dev.lockstep.trace;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Faults of a repeated step. Each kind is logged with its cause when it begins, counted while it recurs, and logged once
 * more when it is over. Thread-safe.
 */
public final class RecurringFault {
    /** A kind of fault is over when it has not recurred for this long. */
    static final Duration OVER_AFTER = Duration.ofSeconds(10);

    /** Most kinds that are distinguished. Further ones are counted together. */
    static final int KINDS_MAX = 32;

    private static final String OTHERS = "others";

    private final Logger log;
    private final Level level;
    private final String what;
    private final LongSupplier nanoTime;
    private final Map<String, Occurrences> kinds = new HashMap<>();

    private static final class Occurrences {
        private final long sinceNanos;
        private long lastNanos;
        private long times = 1;

        Occurrences(long nowNanos) {
            sinceNanos = nowNanos;
            lastNanos = nowNanos;
        }
    }

    /**
     * Faults of one step.
     *
     * @param what the log line for its beginning, without a full stop
     */
    public RecurringFault(Logger log, Level level, String what) {
        this(log, level, what, System::nanoTime);
    }

    /** For tests with their own clock. */
    RecurringFault(Logger log, Level level, String what, LongSupplier nanoTime) {
        this.log = log;
        this.level = level;
        this.what = what;
        this.nanoTime = nanoTime;
    }

    /** The step failed. */
    public void failed(Throwable fault) {
        if (isNew(kind(fault))) {
            log.log(level, what + "; it is logged again when it is over", fault);
        }
    }

    private synchronized boolean isNew(String kind) {
        long now = nanoTime.getAsLong();
        Occurrences known = kinds.get(kind);
        if (known == null && kinds.size() >= KINDS_MAX) {
            known = kinds.computeIfAbsent(OTHERS, first -> new Occurrences(now));
        }
        if (known != null) {
            known.times++;
            known.lastNanos = now;
            return false;
        }
        kinds.put(kind, new Occurrences(now));
        return true;
    }

    /** The step succeeded. To be called each time; cheap without faults. */
    public synchronized void succeeded() {
        if (kinds.isEmpty()) {
            return;
        }
        long now = nanoTime.getAsLong();
        Iterator<Map.Entry<String, Occurrences>> all = kinds.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Occurrences> kind = all.next();
            Occurrences occurrences = kind.getValue();
            if (now - occurrences.lastNanos >= OVER_AFTER.toNanos()) {
                all.remove();
                log.log(
                        Level.INFO,
                        what + ": over after " + occurrences.times + " times in "
                                + Duration.ofNanos(occurrences.lastNanos - occurrences.sinceNanos)
                                        .toSeconds() + " s (" + kind.getKey()
                                + ")");
            }
        }
    }

    /** Faults of one kind have the same class and origin; their texts may differ. */
    private static String kind(Throwable fault) {
        Throwable root = fault;
        for (int depth = 0; root.getCause() != null && depth < 32; depth++) {
            root = root.getCause();
        }
        StackTraceElement[] stack = root.getStackTrace();
        return root.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
    }
}
