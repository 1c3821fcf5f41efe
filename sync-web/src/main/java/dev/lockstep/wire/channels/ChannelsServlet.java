package dev.lockstep.wire.channels;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The answer to requests for the path of the socket that open none: 426 (RFC 9110, section 15.5.22). */
public class ChannelsServlet extends HttpServlet {
    private static final int UPGRADE_REQUIRED = 426;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(UPGRADE_REQUIRED);
        response.setHeader("Upgrade", "websocket");
        response.setContentType("text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write("Expected Upgrade: websocket");
    }
}
