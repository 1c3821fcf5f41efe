package dev.lockstep.system.browser;

import com.sun.net.httpserver.HttpServer;
import dev.lockstep.system.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** Lets tests that are no Java kill the server and start it: {@code POST /kill}, {@code POST /start}. */
final class ServerControl implements AutoCloseable {
    private final HttpServer http;

    ServerControl(Server server) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        on("/kill", server::kill);
        on("/start", server::start);
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

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
