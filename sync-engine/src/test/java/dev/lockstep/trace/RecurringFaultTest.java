package dev.lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RecurringFaultTest {
    private final AtomicLong now = new AtomicLong();
    private final List<String> lines = new ArrayList<>();
    private final RecurringFault fault = new RecurringFault(new Lines(), Level.ERROR, "the step failed", now::get);

    private final class Lines implements Logger {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable thrown) {
            lines.add(level + " " + text);
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String text, Object @Nullable ... values) {
            lines.add(level + " " + text);
        }
    }

    private void met(int times, String text) {
        for (int i = 0; i < times; i++) {
            fault.failed(new IllegalStateException(text + i));
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        fault.succeeded();
    }

    @Test
    @Tag("MUT22")
    @DisplayName("[MUT22] a fault that recurs at every step is logged when it begins and when it ends")
    void recurring() {
        for (int i = 0; i < 100; i++) {
            met(1, "text");
            pass(Duration.ofMillis(100));
        }
        assertThat(lines).hasSize(1).allMatch(line -> line.startsWith("ERROR the step failed"));
        pass(RecurringFault.OVER_AFTER);
        assertThat(lines).hasSize(2).last().asString().contains("INFO the step failed: over after 100 times in 9 s");
        pass(RecurringFault.OVER_AFTER);
        assertThat(lines).hasSize(2);
    }

    @Test
    @Tag("MUT22")
    @DisplayName("[MUT22] another kind of fault is logged by itself, and so is one that recurs after it ended")
    void kinds() {
        met(3, "text");
        fault.failed(new NullPointerException());
        assertThat(lines).hasSize(2);
        pass(RecurringFault.OVER_AFTER);
        met(2, "text");
        assertThat(lines).hasSize(5);
    }
}
