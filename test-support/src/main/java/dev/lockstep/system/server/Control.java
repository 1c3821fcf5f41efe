package dev.lockstep.system.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;

/** Lets tests in other languages stop and start what they need: {@code POST} to a path. */
public final class Control implements AutoCloseable {
    private final HttpServer http;

    /** @param steps the actions, by path */
    public Control(Map<String, Runnable> steps) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        steps.forEach(this::on);
        http.start();
    }

    /** Answers when the action is complete; if a server does not start, there is no answer. */
    private void on(String path, Runnable work) {
        http.createContext(path, exchange -> {
            try (exchange) {
                work.run();
                exchange.sendResponseHeaders(204, -1);
            }
        });
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
