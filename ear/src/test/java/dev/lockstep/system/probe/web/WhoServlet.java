package dev.lockstep.system.probe.web;

import dev.lockstep.api.Caller;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Returns the caller and its role, from a servlet: one instance for all requests. */
@WebServlet("/whoami")
public class WhoServlet extends HttpServlet {
    @Inject
    private transient Provider<Caller> caller;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().write(caller.get().subject().orElse("nobody") + " " + request.isUserInRole("editor"));
    }
}
