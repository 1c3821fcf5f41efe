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
 * Order in which the transactions of a request are submitted. It is the order of the request, except that a client's insert of
 * a row comes before its changes of the row: after a reload the published client sends an update before its create.
 */
public final class SubmissionOrder {
    private SubmissionOrder() {}

    /** A row that a client writes. */
    public record ClientRow(String client, CollectionModel model, EntityId id) {}

    /**
     * The effect of a transaction on its row.
     *
     * @param row empty if the transaction is already refused
     */
    public record Step(Optional<ClientRow> row, Operation action) {}

    /** The indexes of the steps, in the order of their submission. */
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

    /** Whether only updates of a row came so far, since its last delete or insert. */
    private static boolean isChange(List<Step> steps, @Nullable Integer first) {
        return first != null && isUpdate(steps.get(first).action());
    }

    private static boolean isUpdate(Operation action) {
        return action == Operation.UPDATE || action == Operation.ARCHIVE || action == Operation.UNARCHIVE;
    }
}
