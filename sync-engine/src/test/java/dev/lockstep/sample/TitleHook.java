package dev.lockstep.sample;

import dev.lockstep.api.Change;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Row;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.hook.ChangeHook;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Hook that trims titles, refuses the title "splinters", records the rows that were applied, and fails after the title
 * "brittle".
 */
@ApplicationScoped
public class TitleHook implements ChangeHook {
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Override
    public Change before(Mutation mutation, Change change) {
        if (!(change instanceof Change.Insert insert) || !(insert.fields().get("title") instanceof String title)) {
            return change;
        }
        if (title.equals("splinters")) {
            throw new SyncException(ErrorCode.INVALID, "No splinters, please");
        }
        Map<String, @Nullable Object> fields = new HashMap<>(insert.fields());
        fields.put("title", title.strip());
        EntityId id = title.equals("swap") ? new EntityId("another") : insert.id();
        return new Change.Insert(insert.in(), id, fields);
    }

    @Override
    public void after(Mutation mutation, List<Optional<Row>> rows) {
        rows.forEach(row -> done.add(row.map(Row::json).orElse("")));
        if (done.getLast().contains("brittle")) {
            throw new SyncException(ErrorCode.INTERNAL, "It broke");
        }
    }

    /** The rows that were applied. */
    public List<String> done() {
        return List.copyOf(done);
    }
}
