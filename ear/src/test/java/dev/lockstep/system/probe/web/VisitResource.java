package dev.lockstep.system.probe.web;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.room.RoomConnections;
import dev.lockstep.api.room.RoomContexts;
import dev.lockstep.system.probe.model.Visit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** An endpoint of a room: returns the id of the room's bean, and sends messages to the room's connections. */
@Path("visit/{board}")
@ApplicationScoped
public class VisitResource {
    @Inject
    private RoomContexts rooms;

    @Inject
    private RoomConnections connections;

    @Inject
    private Visit visit;

    @GET
    public String visit(@PathParam("board") String board) {
        return rooms.in(new RoomId("probe", board), () -> visit.id());
    }

    @POST
    public void send(@PathParam("board") String board, String json) {
        connections.send(new RoomId("probe", board), json);
    }
}
