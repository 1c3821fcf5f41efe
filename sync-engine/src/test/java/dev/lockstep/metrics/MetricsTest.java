package dev.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Seq;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();
    private final ShownMetrics shown = ShownMetrics.of(metrics);

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] a refused mutation counts by its code, among mutations and among refusals")
    void refusals() {
        ApplicationMetrics application = metrics.of("workshop");
        application.mutationApplied();
        application.mutationRefused(ErrorCode.IN_USE);
        application.refused(ErrorCode.FORBIDDEN);

        assertThat(shown.value("lockstep_mutations{application=workshop, result=applied}"))
                .isEqualTo(1);
        assertThat(shown.value("lockstep_mutations{application=workshop, result=IN_USE}"))
                .isEqualTo(1);
        assertThat(shown.value("lockstep_mutations{application=workshop, result=FORBIDDEN}"))
                .isZero();
        assertThat(shown.value("lockstep_refusals{application=workshop, code=IN_USE}"))
                .isEqualTo(1);
        assertThat(shown.value("lockstep_refusals{application=workshop, code=FORBIDDEN}"))
                .isEqualTo(1);
    }

    @Test
    @Tag("OPS14")
    @DisplayName("[OPS14] pushes count by result, with their events, and among mutations")
    void pushes() {
        ApplicationMetrics application = metrics.of("workshop");
        application.pushApplied(3);
        application.pushApplied(1);
        application.pushRefused(ErrorCode.HEAD_MOVED);
        application.pushDelayed();

        assertThat(shown.value("lockstep_pushes{application=workshop, result=applied}"))
                .isEqualTo(2);
        assertThat(shown.value("lockstep_pushes{application=workshop, result=HEAD_MOVED}"))
                .isEqualTo(1);
        assertThat(shown.value("lockstep_pushes_delayed{application=workshop}")).isEqualTo(1);
        assertThat(shown.value("lockstep_events{application=workshop}")).isEqualTo(4);
        assertThat(shown.value("lockstep_mutations{application=workshop, result=applied}"))
                .isEqualTo(2);
        assertThat(shown.value("lockstep_refusals{application=workshop, code=HEAD_MOVED}"))
                .isEqualTo(1);
    }

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] an application that appears before or after a read is shown, and counted once")
    void applications() {
        ApplicationMetrics application = metrics.of("workshop");
        application.sessionOpened();
        application.sessionOpened();
        metrics.of("workshop").sessionEnded();
        ShownMetrics later = ShownMetrics.of(metrics);

        assertThat(metrics.of("workshop")).isSameAs(application);
        assertThat(shown.value("lockstep_sessions_open{application=workshop}")).isEqualTo(1);
        assertThat(later.value("lockstep_sessions_open{application=workshop}")).isEqualTo(1);
    }

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] the lag is the distance from the published position to the last known head")
    void lag() {
        metrics.delivered(new Seq(5));
        assertThat(shown.value("lockstep_lag_actions")).isZero();
        metrics.headPolled(new Seq(7), new Seq(5));
        assertThat(shown.value("lockstep_lag_actions")).isEqualTo(2);
        metrics.delivered(new Seq(9));
        assertThat(shown.value("lockstep_lag_actions")).isZero();
        metrics.headPolled(new Seq(9), new Seq(9));

        assertThat(shown.value("lockstep_head_polls")).isEqualTo(2);
        assertThat(shown.value("lockstep_head_polls_with_changes")).isEqualTo(1);
    }

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] a shared read counts once, and each sharer counts separately")
    void reads() {
        metrics.reads(() -> 3, () -> 1024);
        metrics.readsWaiting(() -> 2);
        metrics.readShared();

        assertThat(shown.value("lockstep_reads")).isEqualTo(3);
        assertThat(shown.value("lockstep_reads_shared")).isEqualTo(1);
        assertThat(shown.value("lockstep_reads_waiting")).isEqualTo(2);
        assertThat(shown.value("lockstep_spool_bytes")).isEqualTo(1024);
    }

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] the queue is measured on read only, and a batch whose mutations are all blocked is none")
    void groups() {
        metrics.queue(() -> 3, () -> TimeUnit.MILLISECONDS.toNanos(1_500));
        metrics.waiting(4, 5);
        metrics.committed(0, 1);
        metrics.committed(7, TimeUnit.MILLISECONDS.toNanos(20));

        assertThat(shown.value("lockstep_queue_mutations")).isEqualTo(3);
        assertThat(shown.value("lockstep_queue_oldest_seconds")).isEqualTo(1.5);
        assertThat(shown.value("lockstep_blocked_mutations")).isEqualTo(4);
        assertThat(shown.value("lockstep_quarantined_mutations")).isEqualTo(5);
        assertThat(shown.value("lockstep_batch_mutations_within{le=+Inf}")).isEqualTo(1);
        assertThat(shown.value("lockstep_batch_commit_seconds_sum")).isEqualTo(0.02);
    }
}
