package dev.lockstep.system.probe.stores;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Returns the hook's calls of one store, a line each. */
@WebServlet("/calls")
public class CallsServlet extends HttpServlet {
    @Inject
    private transient StoreCalls calls;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().write(String.join("\n", calls.of(request.getParameter("store"))));
    }
}
