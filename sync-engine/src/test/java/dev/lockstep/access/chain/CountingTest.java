package dev.lockstep.access.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.metrics.ShownMetrics;
import dev.lockstep.sample.ClosedRoomRule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CountingTest {
    private final AccessChainFixture chain = AccessChainFixture.without(ClosedRoomRule.class);

    @AfterEach
    void close() {
        chain.close();
    }

    private void submit(String room) {
        Mutation mutation = new Mutation(
                Caller.anonymous("workshop"),
                new RoomId("workshop", room),
                Operation.DELETE,
                List.of(new Change.Delete(new CollectionName("tasks"), new EntityId("a"))),
                Optional.empty(),
                Optional.empty());
        chain.submit(mutation);
    }

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] each answered mutation counts once, a refused one too")
    void answers() {
        submit("p1");
        submit("p1");
        submit("closed");

        ShownMetrics shown = ShownMetrics.of(chain.select(Metrics.class));
        assertThat(shown.value("lockstep_mutations{application=workshop, result=applied}"))
                .isEqualTo(2);
        assertThat(shown.value("lockstep_mutations{application=workshop, result=UNAUTHENTICATED}"))
                .isEqualTo(1);
        assertThat(shown.value("lockstep_refusals{application=workshop, code=UNAUTHENTICATED}"))
                .isEqualTo(1);
    }
}
