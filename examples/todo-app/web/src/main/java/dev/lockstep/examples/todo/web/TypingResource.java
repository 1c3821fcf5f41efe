package dev.lockstep.examples.todo.web;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.room.RoomConnections;
import dev.lockstep.api.room.RoomContexts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.json.Json;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Set;
import java.util.regex.Pattern;

/** Shows in all windows that a todo is being typed in others. */
@Path("typing")
@ApplicationScoped
public class TypingResource {
    private static final Pattern WINDOW = Pattern.compile("[0-9a-f]{8,32}");

    @Inject
    private Provider<Caller> caller;

    @Inject
    private RoomContexts rooms;

    @Inject
    private RoomConnections connections;

    @Inject
    private Typists typists;

    @PUT
    public void begin(@QueryParam("window") String window) {
        change(window, () -> typists.add(window));
    }

    @DELETE
    public void end(@QueryParam("window") String window) {
        change(window, () -> typists.remove(window));
    }

    private void change(String window, Runnable step) {
        if (window == null || !WINDOW.matcher(window).matches()) {
            throw new SyncException(ErrorCode.INVALID, "window: expected 8 to 32 hexadecimal digits");
        }
        RoomId room = RoomId.shared(caller.get().application());
        rooms.run(room, () -> {
            step.run();
            connections.send(room, message(typists.windows()));
        });
    }

    private static String message(Set<String> windows) {
        return Json.createObjectBuilder()
                .add("typing", Json.createArrayBuilder(windows))
                .build()
                .toString();
    }
}
