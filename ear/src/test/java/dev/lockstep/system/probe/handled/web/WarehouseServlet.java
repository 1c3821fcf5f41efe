package dev.lockstep.system.probe.handled.web;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Publisher;
import dev.lockstep.system.probe.handled.Part;
import dev.lockstep.system.probe.handled.SlowParts;
import dev.lockstep.system.probe.handled.Warehouse;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;

/**
 * The other program of the warehouse: adds a part; renames one, and reports it if it is asked to; releases the answer for a slow
 * one. GET lists the parts of a site.
 */
@WebServlet("/warehouse")
public class WarehouseServlet extends HttpServlet {
    @Inject
    private transient Warehouse warehouse;

    @Inject
    private transient Publisher publisher;

    @Inject
    private transient SlowParts slow;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().write(warehouse.parts(request.getParameter("site")).toString());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        String site = request.getParameter("site");
        String id = request.getParameter("id");
        if (request.getParameter("release") != null) {
            slow.release(id);
            return;
        }
        if (request.getParameter("add") != null) {
            warehouse.once(
                    UUID.randomUUID().toString(),
                    "insert into warehouse.parts (id, site, name, shelf) values (?, ?, ?, 'B1')",
                    id,
                    site,
                    request.getParameter("name"));
            return;
        }
        warehouse.once(
                UUID.randomUUID().toString(),
                "update warehouse.parts set name = ? where site = ? and id = ?",
                request.getParameter("name"),
                site,
                id);
        if (request.getParameter("report") != null) {
            publisher.changed(Part.class, site, new EntityId(id));
        }
    }
}
