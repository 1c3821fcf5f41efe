package dev.lockstep.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Lines that a logger receives, with their parameters, in place of the console. Thread-safe. */
public final class RecordedLog implements AutoCloseable {
    private static final int WAIT_SECONDS_MAX = 10;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Logger logger; // held: a logger without references loses its handlers
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public RecordedLog(String logger) {
        this.logger = Logger.getLogger(logger);
        this.logger.addHandler(handler);
        this.logger.setUseParentHandlers(false);
    }

    public RecordedLog(Class<?> logger) {
        this(logger.getName());
    }

    /** The lines until now. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The first lines that come, from any thread; fewer if they do not come within 10 s. */
    public List<String> awaitLines(int count) throws InterruptedException {
        List<String> first = new ArrayList<>();
        while (first.size() < count) {
            String line = lines.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
            if (line == null) {
                break;
            }
            first.add(line);
        }
        return first;
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
