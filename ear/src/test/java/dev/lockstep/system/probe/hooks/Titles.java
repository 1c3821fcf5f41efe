package dev.lockstep.system.probe.hooks;

import dev.lockstep.api.Change;
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
import org.jspecify.annotations.Nullable;

/** Strips titles of new notes; refuses {@code rude}; with {@code late} its step after the commit fails. */
@ApplicationScoped
public class Titles implements ChangeHook {
    private static final String TITLE = "title";

    @Override
    public Change before(Mutation mutation, Change change) {
        if (!(change instanceof Change.Insert insert) || !(insert.fields().get(TITLE) instanceof String title)) {
            return change;
        }
        if (title.equals("rude")) {
            throw new SyncException(ErrorCode.INVALID, "Be polite");
        }
        Map<String, @Nullable Object> fields = new HashMap<>(insert.fields());
        fields.put(TITLE, title.strip());
        return new Change.Insert(insert.in(), insert.id(), fields);
    }

    @Override
    public void after(Mutation mutation, List<Optional<Row>> rows) {
        if (rows.stream().flatMap(Optional::stream).anyMatch(row -> row.json().contains("\"late\""))) {
            throw new SyncException(ErrorCode.INTERNAL, "The index is late");
        }
    }
}
