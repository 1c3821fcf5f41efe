package dev.lockstep.system.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;

/** Lets tests that are no Java stop and start what they need: {@code POST} to a path. */
public final class Control implements AutoCloseable {
    private final HttpServer http;

    /** @param steps what is done, by path */
    public Control(Map<String, Runnable> steps) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        steps.forEach(this::on);
        http.start();
    }

    /** Answers when it is done; a server that does not start leaves the caller without an answer. */
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
