package dev.lockstep.wire.strata.request;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Operation;
import dev.lockstep.collection.CollectionModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the transactions of a batch are done. It is theirs, but a client's insert of a row comes before what the
 * client changes in the row: the published client sends an update before its create after a reload.
 */
public final class SubmissionOrder {
    private SubmissionOrder() {}

    /** A row that a client writes. */
    public record ClientRow(String client, CollectionModel model, EntityId id) {}

    /**
     * The effect of a transaction on its row.
     *
     * @param row empty if it is refused already
     */
    public record Step(Optional<ClientRow> row, Operation action) {}

    /** The places of the steps, in the order in which they are done. */
    public static List<Integer> of(List<Step> steps) {
        List<Integer> order = new ArrayList<>();
        Map<ClientRow, Integer> firstChanges = new HashMap<>();
        for (int place = 0; place < steps.size(); place++) {
            Step step = steps.get(place);
            ClientRow row = step.row().orElse(null);
            Integer firstChange = firstChanges.get(row);
            if (row != null && step.action() == Operation.INSERT && isChange(steps, firstChange)) {
                order.add(order.indexOf(firstChange), place);
                firstChanges.put(row, place);
            } else {
                order.add(place);
                if (row != null && (firstChange == null || !isUpdate(step.action()))) {
                    firstChanges.put(row, place);
                }
            }
        }
        return order;
    }

    /** Whether nothing but changes has been asked for of a row so far: not since it was deleted, or inserted. */
    private static boolean isChange(List<Step> steps, @Nullable Integer first) {
        return first != null && isUpdate(steps.get(first).action());
    }

    private static boolean isUpdate(Operation action) {
        return action == Operation.UPDATE || action == Operation.ARCHIVE || action == Operation.UNARCHIVE;
    }
}
