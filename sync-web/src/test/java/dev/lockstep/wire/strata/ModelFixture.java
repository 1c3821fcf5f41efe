package dev.lockstep.wire.strata;

import dev.lockstep.api.CollectionName;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.wire.strata.model.Comment;
import dev.lockstep.wire.strata.model.Note;
import dev.lockstep.wire.strata.model.Task;
import dev.lockstep.wire.strata.model.TaskLabel;
import java.util.List;

/** The models of the tests. */
public final class ModelFixture {
    private static final CollectionRegistry REGISTRY =
            new CollectionRegistry(List.of(Comment.class, Note.class, Task.class, TaskLabel.class));

    private ModelFixture() {}

    public static List<CollectionModel> all() {
        return REGISTRY.of("tasks");
    }

    public static CollectionModel named(String name) {
        return REGISTRY.find("tasks", new CollectionName(name)).orElseThrow();
    }
}
