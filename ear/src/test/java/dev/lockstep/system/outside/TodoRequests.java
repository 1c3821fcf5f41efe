package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ListAssert;

/** Requests to the todos of the example todo-app. */
abstract class TodoRequests {
    static final String TODOS = "/api/default/todos";
    static final String BULK = TODOS + "/bulk";
    static final String NOWHERE = TODOS + "/no-such-row";

    final URI application;
    final Api todoApp;

    TodoRequests(Server server) {
        application = server.application("todo-app");
        todoApp = new Api(application);
    }

    JsonObject todo(String title) {
        return todoApp.post(TODOS, "{\"title\":\"" + title + "\"}").row();
    }

    static String id(JsonObject row) {
        return row.getString("id");
    }

    static String todos(int count, String mark) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"title\":\"" + mark + i + "\"}")
                .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }

    static ListAssert<JsonObject> rowsOf(Answer list) {
        return assertThat(list.json().getJsonArray("todos").getValuesAs(JsonObject.class));
    }
}
