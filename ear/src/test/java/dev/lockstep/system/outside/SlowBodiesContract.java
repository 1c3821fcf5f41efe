package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.server.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients whose requests arrive slowly, more of them than the server has threads for requests. */
abstract class SlowBodiesContract {
    private static final int CLIENTS = 64;
    private static final int WAIT_MILLIS_MAX = 20_000;
    private static final String JSON = "Content-Type: application/json\r\n";

    private final URI todoApp;
    private final URI strataTasks;

    SlowBodiesContract(Server server) {
        todoApp = server.application("todo-app");
        strataTasks = server.application("strata-tasks");
    }

    /** A request of which the head and half of the body have been sent. */
    private static final class Half implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader answers;
        private final String rest;

        Half(URI application, String path, String headers, String body) throws IOException {
            socket = new Socket(application.getHost(), application.getPort());
            socket.setSoTimeout(WAIT_MILLIS_MAX);
            answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            rest = body.substring(body.length() / 2);
            send("POST " + application.getPath() + path + " HTTP/1.1\r\nHost: " + application.getAuthority()
                    + "\r\nContent-Length: " + body.length() + "\r\n" + headers + "\r\n"
                    + body.substring(0, body.length() / 2));
        }

        private void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }

        /** The server's next response. */
        String line() throws IOException {
            return answers.readLine();
        }

        String completed() throws IOException {
            send(rest);
            return line();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static String todo() {
        return "{\"title\":\"" + UUID.randomUUID() + "\"}";
    }

    private static String batch() {
        String transaction = "{\"action\":\"INSERT\",\"clientId\":\"slow\",\"clientTxId\":\"" + UUID.randomUUID()
                + "\",\"modelName\":\"Task\",\"modelId\":\"" + UUID.randomUUID()
                + "\",\"payload\":{\"title\":\"slow\",\"workspaceId\":\"ws-1\"}}";
        return "{\"batchId\":\"b\",\"transactions\":[" + transaction + "]}";
    }

    private Half slowTodo() throws IOException {
        return new Half(todoApp, "/api/default/todos", JSON, todo());
    }

    private Half slowBatch() throws IOException {
        return new Half(strataTasks, "/sync/mutate", JSON + "Authorization: Bearer alice-token\r\n", batch());
    }

    private void assertAnswers() {
        assertThat(new Api(todoApp).post("/api/default/todos", todo()).status()).isEqualTo(200);
        assertThat(new Api(strataTasks)
                        .with("Authorization", "Bearer alice-token")
                        .post("/sync/mutate", batch())
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Tag("WIRE9")
    @DisplayName("[WIRE9] while many clients send slowly, other requests are answered; so are the slow ones when they "
            + "are complete")
    void halves() throws IOException {
        List<Half> slow = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS / 2; i++) {
                slow.add(slowTodo());
                slow.add(slowBatch());
            }
            assertAnswers();

            for (Half each : slow) {
                assertThat(each.completed()).contains(" 200 ");
            }
        } finally {
            for (Half each : slow) {
                each.close();
            }
        }
    }

    @Test
    @Tag("WIRE9")
    @DisplayName("[WIRE9] slow bodies that no endpoint reads do not block other requests, on any path")
    void unread() throws IOException {
        List<Half> slow = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS / 4; i++) {
                slow.add(new Half(todoApp, "/api/default/todos", "Content-Type: multipart/form-data\r\n", todo()));
                slow.add(new Half(todoApp, "/nowhere", JSON, todo()));
                slow.add(new Half(todoApp, "/api/default/todos", JSON + "Authorization: Bearer wrong\r\n", todo()));
                slow.add(new Half(strataTasks, "/sync/nowhere", "", todo()));
            }
            assertAnswers();

            for (Half each : slow) {
                assertThat(each.completed()).contains(" 4");
            }
        } finally {
            for (Half each : slow) {
                each.close();
            }
        }
    }

    @Test
    @Tag("WIRE9")
    @DisplayName("[WIRE9] a client that expects 100-continue receives it")
    void asked() throws IOException {
        try (Half waits = new Half(todoApp, "/api/default/todos", JSON + "Expect: 100-continue\r\n", todo())) {
            assertThat(waits.line()).contains(" 100 ");
            assertThat(waits.completed()).isEmpty(); // the end of the interim response
            assertThat(waits.line()).contains(" 200 ");
        }
    }
}
