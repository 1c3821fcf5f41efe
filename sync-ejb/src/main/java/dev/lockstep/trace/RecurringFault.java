package dev.lockstep.trace;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Faults of a step that is done again and again. Each kind is logged with its cause when it begins, counted while it
 * recurs, and logged once more when it is over. Thread-safe.
 */
public final class RecurringFault {
    /** A kind of fault is over when it has not been met for so long. */
    static final Duration OVER_AFTER = Duration.ofSeconds(10);

    /** Most kinds that are told apart. One more is counted with the others. */
    static final int KINDS_MAX = 32;

    private static final String OTHERS = "others";

    private final Logger log;
    private final Level level;
    private final String what;
    private final LongSupplier nanoTime;
    private final Map<String, Met> kinds = new HashMap<>();

    private static final class Met {
        private final long sinceNanos;
        private long lastNanos;
        private long times = 1;

        Met(long nowNanos) {
            sinceNanos = nowNanos;
            lastNanos = nowNanos;
        }
    }

    /**
     * Faults of one step.
     *
     * @param what what is said when one begins, without a full stop
     */
    public RecurringFault(Logger log, Level level, String what) {
        this(log, level, what, System::nanoTime);
    }

    /** For tests, which bring a clock of their own. */
    RecurringFault(Logger log, Level level, String what, LongSupplier nanoTime) {
        this.log = log;
        this.level = level;
        this.what = what;
        this.nanoTime = nanoTime;
    }

    /** The step met a fault. */
    public void failed(Throwable fault) {
        if (isNew(kind(fault))) {
            log.log(level, what + "; it is logged again when it is over", fault);
        }
    }

    private synchronized boolean isNew(String kind) {
        long now = nanoTime.getAsLong();
        Met known = kinds.get(kind);
        if (known == null && kinds.size() >= KINDS_MAX) {
            known = kinds.computeIfAbsent(OTHERS, first -> new Met(now));
        }
        if (known != null) {
            known.times++;
            known.lastNanos = now;
            return false;
        }
        kinds.put(kind, new Met(now));
        return true;
    }

    /** The step went well. Cheap while there was no fault; to be called each time. */
    public synchronized void succeeded() {
        if (kinds.isEmpty()) {
            return;
        }
        long now = nanoTime.getAsLong();
        Iterator<Map.Entry<String, Met>> all = kinds.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Met> kind = all.next();
            Met met = kind.getValue();
            if (now - met.lastNanos >= OVER_AFTER.toNanos()) {
                all.remove();
                log.log(
                        Level.INFO,
                        what + ": over after " + met.times + " times in "
                                + Duration.ofNanos(met.lastNanos - met.sinceNanos)
                                        .toSeconds() + " s (" + kind.getKey()
                                + ")");
            }
        }
    }

    /** Faults of one kind come from one place and are of one class: their texts may differ each time. */
    private static String kind(Throwable fault) {
        Throwable root = fault;
        for (int depth = 0; root.getCause() != null && depth < 32; depth++) {
            root = root.getCause();
        }
        StackTraceElement[] stack = root.getStackTrace();
        return root.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
    }
}
