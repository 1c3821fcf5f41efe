package dev.lockstep.odd.deployed;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server with the odd applications, in a time zone that is not UTC and has daylight saving time. Thread-safe. */
public final class OddServer implements AutoCloseable {
    private final boolean postgresql;
    private final Server server;
    private final Api queries;
    private int readLines;

    private OddServer(boolean postgresql, Server server) {
        this.postgresql = postgresql;
        this.server = server;
        this.queries = new Api(server.application(OddEar.DATABASE));
    }

    /** A server on H2 that is not started yet. */
    public static OddServer onH2(Collection<String> applications, Collection<Class<?>> leftOut) {
        return new OddServer(false, server("h2", Map.of(), applications, leftOut));
    }

    /** A server that is not started yet, on the PostgreSQL that the environment names. */
    public static OddServer onPostgresql(
            Map<String, String> database, Collection<String> applications, Collection<Class<?>> leftOut) {
        return new OddServer(true, server("postgresql", database, applications, leftOut));
    }

    private static Server server(
            String database, Map<String, String> more, Collection<String> applications, Collection<Class<?>> leftOut) {
        Path folder = TestFolders.empty("odd-" + database);
        Map<String, String> environment = new HashMap<>(more);
        environment.put("TZ", "Europe/Berlin");
        environment.put("LOCKSTEP_PROFILE", "development");
        return new Server(
                TestFolders.provisionedServer(),
                folder,
                OddEar.in(folder, database, applications, leftOut),
                environment);
    }

    public OddServer start() {
        server.start();
        return this;
    }

    /** Undeploys the applications, and deploys them again: the engine reads everything anew. */
    public void redeploy() {
        server.redeploy();
    }

    public boolean isPostgresql() {
        return postgresql;
    }

    public URI application(String name) {
        return server.application(name);
    }

    /** The rows of a query, read without Lockstep: each value as text, in the form of its column's type. */
    public List<JsonObject> query(String sql) {
        Answer answer = queries.post("/query", sql);
        if (answer.status() != 200) {
            throw new AssertionError(sql + ": " + answer);
        }
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        }
    }

    /** The lines with errors that the server has logged since the last call. */
    public synchronized List<String> newErrors() {
        try {
            List<String> lines = server.logged().lines().toList();
            List<String> errors = lines.subList(Math.min(readLines, lines.size()), lines.size()).stream()
                    .filter(line -> line.contains(" ERROR "))
                    .toList();
            readLines = lines.size();
            return errors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
