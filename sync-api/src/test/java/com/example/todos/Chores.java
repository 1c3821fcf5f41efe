package com.example.todos;

import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Publisher;
import dev.lockstep.api.RoomId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

@ApplicationScoped
public class Chores {
    private static final RoomId TODOS = RoomId.shared("todos");
    private static final CollectionName COLLECTION = new CollectionName("todos");

    @Inject
    Publisher publisher;

    void complete(String id) {
        publisher.publish(TODOS, new Change.Update(COLLECTION, new EntityId(id), Map.of("completed", true)));
    }

    void replace(String id, String next) {
        publisher.publish(
                TODOS,
                List.of(
                        new Change.Delete(COLLECTION, new EntityId(id)),
                        new Change.Insert(COLLECTION, new EntityId(next), Map.of("title", "the next one"))));
    }
}
