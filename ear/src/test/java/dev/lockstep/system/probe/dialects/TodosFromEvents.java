package dev.lockstep.system.probe.dialects;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.SyncRepository;
import dev.lockstep.api.event.EventAppender;
import dev.lockstep.api.event.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;

/** Projection of the events of LiveStore's clients on the todos of the list with the store's name. */
@ApplicationScoped
public class TodosFromEvents implements EventConsumer {
    @Inject
    private SyncRepository rows;

    @Override
    public String name() {
        return "todos";
    }

    @Override
    public void onEvent(StoreName store, StoreEvent event) {
        if (event.client().equals(EventAppender.CLIENT)) { // a todo that another dialect has changed
            return;
        }
        JsonObject args = args(event);
        switch (event.name()) {
            case EventsFromTodos.ADDED -> {
                Todo todo = new Todo();
                todo.id = args.getString("id");
                todo.title = args.getString("text");
                rows.insert(store.value(), todo);
            }
            case EventsFromTodos.RENAMED ->
                rows.find(Todo.class, store.value(), new EntityId(args.getString("id")))
                        .ifPresent(todo -> todo.title = args.getString("text"));
            default -> throw new IllegalStateException("not an event of a todo: " + event);
        }
    }

    private static JsonObject args(StoreEvent event) {
        try (JsonReader reader = Json.createReader(new StringReader(event.args()))) {
            return reader.readObject();
        }
    }
}
