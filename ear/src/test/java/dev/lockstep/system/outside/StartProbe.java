package dev.lockstep.system.outside;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;

/** Repeats a request while a server starts, and records the outcomes. */
final class StartProbe implements AutoCloseable {
    /** Longest wait for a response: shorter than a start. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private static final Duration EVERY = Duration.ofMillis(100);
    static final String NO_ANSWER = "no answer";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> outcomes = new ConcurrentSkipListSet<>();
    private final Thread thread;
    private volatile boolean ended;

    StartProbe(URI address) {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(ANSWER_MAX).build();
        thread = Thread.ofVirtual().start(() -> {
            while (!ended) {
                outcomes.add(outcome(request));
                LockSupport.parkNanos(EVERY.toNanos());
            }
        });
    }

    private String outcome(HttpRequest request) {
        try {
            return String.valueOf(
                    client.send(request, BodyHandlers.discarding()).statusCode());
        } catch (HttpTimeoutException e) {
            return NO_ANSWER;
        } catch (IOException e) {
            return "no connection";
        } catch (InterruptedException e) {
            ended = true;
            return "interrupted";
        }
    }

    /** The last outcome: the status, {@link #NO_ANSWER}, or {@code no connection}. */
    Set<String> outcomes() {
        return outcomes;
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join(ANSWER_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
