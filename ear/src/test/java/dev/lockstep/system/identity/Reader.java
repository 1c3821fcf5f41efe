package dev.lockstep.system.identity;

import dev.lockstep.system.client.BroadcastSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A user of the probe application, with a token, who reads the letters of one board. */
record Reader(URI probe, String name, String token, String board) {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final int TRIES_MAX = 5;

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Reader at(String other) {
        return new Reader(probe, name, token, other);
    }

    /** Restricts the reader to these colours from now on. */
    void mayRead(String... colours) {
        String query = Arrays.stream(colours).map(colour -> "colour=" + colour).collect(Collectors.joining("&"));
        if (exchange("PUT", "/api/readers/" + name + "?" + query, "").statusCode() != 204) {
            throw new AssertionError("the rights of " + name + " are as they were");
        }
    }

    HttpResponse<byte[]> list(String query) {
        return exchange("GET", "/api/" + board + "/letters" + query, "");
    }

    /** The position of the list as it is now: after all earlier changes of rights. */
    long position() {
        return list("").headers().firstValueAsLong("lockstep-seq").orElseThrow();
    }

    HttpResponse<byte[]> send(String method, String path, String json) {
        return exchange(method, "/api/" + board + "/letters" + path, json);
    }

    /**
     * A socket with its first frame: where the node learns of a change of rights only now, it asks clients to
     * reconnect.
     */
    BroadcastSocket greeted() {
        BroadcastSocket socket = open("");
        for (int tries = 1; tries < TRIES_MAX && !socket.hasFirstFrame(); tries++) {
            socket.close();
            socket = open("");
        }
        return socket;
    }

    BroadcastSocket open(String query) {
        return BroadcastSocket.at(probe, "/parties/main/" + board + query, "Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> exchange(String method, String path, String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(probe + path))
                .timeout(ANSWER_MAX)
                .header("Authorization", "Bearer " + token)
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (!json.isEmpty()) {
            request.header("content-type", "application/json");
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
