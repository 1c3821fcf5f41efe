package dev.lockstep.system.probe.dialects;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Row;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.event.EventAppender;
import dev.lockstep.api.hook.ChangeHook;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.transaction.Transactional;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;

/** Events for LiveStore's clients of what clients of the other dialects have changed. */
@ApplicationScoped
public class EventsFromTodos implements ChangeHook {
    static final String ADDED = "v1.ItemAdded";
    static final String RENAMED = "v1.ItemRenamed";

    private static final CollectionName TODOS = new CollectionName("todos");

    @Inject
    private EventAppender events;

    @Override
    @Transactional
    public void after(Mutation mutation, List<Optional<Row>> rows) {
        String name = mutation.operation() == Operation.INSERT ? ADDED : RENAMED;
        for (Optional<Row> row : rows) {
            if (row.filter(changed -> changed.in().equals(TODOS)).isEmpty()) {
                continue;
            }
            JsonObject todo = read(row.orElseThrow());
            events.append(
                    new StoreName(mutation.room().name()).room("dialects"),
                    name,
                    Json.createObjectBuilder()
                            .add("id", todo.getString("id"))
                            .add("text", todo.getString("title"))
                            .build()
                            .toString());
        }
    }

    private static JsonObject read(Row row) {
        try (JsonReader reader = Json.createReader(new StringReader(row.json()))) {
            return reader.readObject();
        }
    }
}
