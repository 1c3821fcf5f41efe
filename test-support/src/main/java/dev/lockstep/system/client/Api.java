package dev.lockstep.system.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** REST client of one application. Paths are used as they are: the caller encodes them. Thread-safe. */
public final class Api {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final HttpClient client;
    private final URI application;
    private final String[] headers;

    /** @param application its address, without a trailing slash */
    public Api(URI application) {
        this(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), application, new String[0]);
    }

    private Api(HttpClient client, URI application, String[] headers) {
        this.client = client;
        this.application = application;
        this.headers = headers;
    }

    /** A client over the same connections that sends these headers, names and values in turn, with every request. */
    public Api with(String... always) {
        return new Api(client, application, always.clone());
    }

    public Answer get(String path) {
        return answerTo(request(path).GET());
    }

    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    public Answer put(String path, String json) {
        return send("PUT", path, json);
    }

    public Answer delete(String path) {
        return answerTo(request(path).DELETE());
    }

    /** A DELETE with a body. */
    public Answer delete(String path, String json) {
        return send("DELETE", path, json);
    }

    public Answer send(String method, String path, String json) {
        return send(method, path, json, "application/json");
    }

    public Answer send(String method, String path, String body, String contentType) {
        return answerTo(
                request(path).header("content-type", contentType).method(method, BodyPublishers.ofString(body)));
    }

    /** A request with neither a body nor a content type. */
    public Answer sendNothing(String method, String path) {
        return answerTo(request(path).method(method, BodyPublishers.noBody()));
    }

    /** A request with a body, but without a content type. */
    public Answer sendUntyped(String method, String path, String body) {
        return answerTo(request(path).method(method, BodyPublishers.ofString(body)));
    }

    /** A request with these headers, names and values in turn; the response has its own. */
    public HttpResponse<byte[]> exchange(String method, String path, String... more) {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.noBody());
        if (more.length > 0) {
            request.headers(more);
        }
        return send(request, BodyHandlers.ofByteArray());
    }

    /** A request with a body of JSON; the response has its headers. */
    public HttpResponse<byte[]> exchangeJson(String method, String path, String json) {
        return send(
                request(path).header("content-type", "application/json").method(method, BodyPublishers.ofString(json)),
                BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(application + path)).timeout(ANSWER_MAX);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer answerTo(HttpRequest.Builder request) {
        return Answer.of(send(request, BodyHandlers.ofString()));
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
