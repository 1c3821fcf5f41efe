package dev.lockstep.engine;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Row;
import dev.lockstep.delivery.CommittedMutation;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The engine with the application "workshop": on a database with the real writer, or in memory. */
public interface TestEngine {
    /** Submits mutations as one batch, and waits for the results. */
    List<MutationResult> together(List<Mutation> mutations);

    default List<MutationResult> together(Mutation... mutations) {
        return together(List.of(mutations));
    }

    default MutationResult alone(Mutation mutation) {
        return together(mutation).getFirst();
    }

    List<Row> list(String collection, String room);

    default List<String> json(String collection, String room) {
        return list(collection, room).stream().map(Row::json).toList();
    }

    /** The values of a field in all rows of a collection, without visibility, in order. */
    List<String> stored(String collection, String field);

    List<Commit> commits();

    /** The mutations that were published, in order. */
    List<CommittedMutation> published();

    /** Removes stored results that have expired at this time. */
    void removeExpired(Instant now);

    /** The rows by id after a replay of the log of a collection in a room from its beginning. */
    default Map<String, String> replayed(String collection, String room) {
        Map<String, String> rows = new TreeMap<>();
        for (Commit commit : commits()) {
            for (Action action : commit.actions()) {
                if (action.entry().collection().value().equals(collection)
                        && (action.entry().room().isShared()
                                || action.entry().room().name().equals(room))) {
                    String id = action.entry().entityId().value();
                    action.entry().rowAfter().ifPresentOrElse(row -> rows.put(id, row), () -> rows.remove(id));
                }
            }
        }
        return rows;
    }
}
