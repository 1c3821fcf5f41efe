package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.MutationResult;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.metrics.ShownMetrics;
import dev.lockstep.mutation.batch.BatchWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mutations that one thread submits together, to a running writer. */
class TogetherOnH2Test {
    private static final int MANY = 50;

    private final EngineFixture engine = new EngineFixture(TestDatabase.h2().emptied());
    private final ShownMetrics shown = ShownMetrics.of(engine.metrics);
    private final BatchWriter writer = engine.writer();
    private final List<CompletableFuture<MutationResult>> submitted = new ArrayList<>();
    private Thread thread;

    @BeforeEach
    void start() {
        thread = EngineFixture.start(writer);
    }

    @AfterEach
    void end() throws InterruptedException {
        EngineFixture.end(writer, thread);
    }

    private void submit(String id) {
        submitted.add(
                writer.submit(MutationFixture.in("p1").insertsTask(id, "t")).toCompletableFuture());
    }

    private static void elsewhere(Runnable work) {
        CompletableFuture.runAsync(work).join();
    }

    private void commitsAnother() {
        Results.applied(EngineFixture.get(writer.submit(MutationFixture.in("p1").insertsTask("other", "t"))
                .toCompletableFuture()));
    }

    @Test
    @Tag("MUT18")
    @DisplayName(
            "[MUT18] mutations that a thread submits together are committed together, in order, and not before the last")
    void together() {
        writer.together(() -> {
            submit("0");
            elsewhere(this::commitsAnother);
            assertThat(submitted.getFirst()).isNotDone();
            for (int i = 1; i < MANY; i++) {
                submit("" + i);
            }
        });

        assertThat(submitted.stream()
                        .map(each ->
                                Results.applied(EngineFixture.get(each)).last().value())
                        .toList())
                .hasSize(MANY)
                .isSorted();
        assertThat(shown.value("lockstep_batch_mutations_within{le=+Inf}")).isEqualTo(2);
        assertThat(shown.value("lockstep_batch_mutations_sum")).isEqualTo(MANY + 1);
    }

    @Test
    @Tag("MUT18")
    @DisplayName("[MUT18] submitted mutations are committed, also after an exception or a nested together")
    void thrown() {
        assertThatThrownBy(() -> writer.together(() -> {
                    submit("0");
                    writer.together(() -> submit("1"));
                    throw new IllegalStateException("as the test wants it");
                }))
                .hasMessage("as the test wants it");
        submit("2");

        submitted.forEach(each -> Results.applied(EngineFixture.get(each)));
        assertThat(submitted).hasSize(3);
    }
}
