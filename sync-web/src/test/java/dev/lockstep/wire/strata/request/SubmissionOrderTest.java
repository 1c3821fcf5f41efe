package dev.lockstep.wire.strata.request;

import static dev.lockstep.api.Operation.ARCHIVE;
import static dev.lockstep.api.Operation.DELETE;
import static dev.lockstep.api.Operation.INSERT;
import static dev.lockstep.api.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Operation;
import dev.lockstep.wire.strata.ModelFixture;
import dev.lockstep.wire.strata.request.SubmissionOrder.ClientRow;
import dev.lockstep.wire.strata.request.SubmissionOrder.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SubmissionOrderTest {
    private static Step step(String client, String row, Operation action) {
        return new Step(Optional.of(new ClientRow(client, ModelFixture.named("Task"), new EntityId(row))), action);
    }

    private static Step step(String row, Operation action) {
        return step("c", row, action);
    }

    private static List<Integer> order(Step... steps) {
        return SubmissionOrder.of(List.of(steps));
    }

    @Test
    @Tag("STR29")
    @DisplayName("[STR29] a client's insert of a row is submitted before the client's changes of it")
    void insertsFirst() {
        assertThat(order(
                        step("a", UPDATE), step("b", UPDATE), step("a", ARCHIVE), step("b", INSERT), step("a", INSERT)))
                .containsExactly(4, 0, 3, 1, 2);
    }

    @Test
    @Tag("STR29")
    @DisplayName("[STR29] all other transactions keep their order")
    void otherwise() {
        Step refused = new Step(Optional.empty(), INSERT);
        assertThat(order(step("a", INSERT), step("a", UPDATE), step("b", INSERT)))
                .containsExactly(0, 1, 2);
        assertThat(order(step("a", UPDATE), step("b", INSERT), refused)).containsExactly(0, 1, 2);
        assertThat(order(step("one", "a", UPDATE), step("other", "a", INSERT))).containsExactly(0, 1);
        assertThat(order(step("a", UPDATE), step("a", DELETE), step("a", INSERT)))
                .containsExactly(0, 1, 2);
        assertThat(order(step("a", INSERT), step("a", UPDATE), step("a", INSERT)))
                .containsExactly(0, 1, 2);
        assertThat(order(step("a", DELETE), step("a", UPDATE), step("a", INSERT)))
                .containsExactly(0, 1, 2);
    }
}
