package dev.lockstep.system.channels;

import dev.lockstep.system.client.Frame;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client of generation A, as the contract describes it: its rows are optimistic, the later stamp wins, and its position is
 * the greatest stamp that it has. After it has connected, it sends each waiting mutation twice.
 */
final class OlderClient extends ChannelClient {
    private static final String STAMP = "updatedAt";

    private final Optional<Duration> ahead;
    private final Map<String, JsonObject> rows = new HashMap<>();
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private boolean subscribed;
    private int refused;

    /** A mutation, and the row before it. */
    private record Waiting(Mutation mutation, @Nullable JsonObject before) {}

    /**
     * A client.
     *
     * @param ahead how far its clock is ahead; then it stamps its rows itself
     */
    OlderClient(Place place, Optional<Duration> ahead) {
        super(place);
        this.ahead = ahead;
    }

    @Override
    void opened() {
        subscribed = false;
        JsonObjectBuilder subscribe =
                Json.createObjectBuilder().add("type", "subscribe").add("channel", channel());
        rows.values().stream()
                .filter(row -> row.containsKey(STAMP))
                .max(Comparator.comparing(OlderClient::stamp))
                .ifPresent(row -> subscribe.add("since", row.getString(STAMP)));
        send(subscribe.build());
        for (int twice = 0; twice < 2; twice++) {
            waiting.values()
                    .forEach(each -> send(each.mutation().message(channel()).build()));
        }
    }

    private static Instant stamp(JsonObject row) {
        return Instant.parse(row.getString(STAMP));
    }

    @Override
    void handle(Frame frame) {
        JsonObject message = frame.json();
        switch (message.getString("type")) {
            case "snapshot" -> snapshot(message);
            case "ack" -> acknowledged(message);
            case "reject" -> refused(message.getString("id"));
            case "batch" -> message.getJsonArray("changes").forEach(each -> apply(each.asJsonObject()));
            case "change" -> {
                if (!waiting.containsKey(message.getString("mutationId", ""))) {
                    apply(message);
                }
            }
            default -> throw new AssertionError("not a frame of generation A: " + frame.text());
        }
    }

    private void snapshot(JsonObject message) {
        if (!message.getBoolean("isDelta")) {
            rows.clear();
        }
        message.getJsonArray("data").forEach(row -> put(row.asJsonObject()));
        subscribed = true;
    }

    private void acknowledged(JsonObject message) {
        if (waiting.remove(message.getString("id")) != null && message.containsKey("data")) {
            put(message.getJsonObject("data"));
        }
    }

    private void refused(String id) {
        Waiting rolledBack = waiting.remove(id);
        if (rolledBack != null) {
            refused++;
            restore(rolledBack.mutation().key(), rolledBack.before());
        }
    }

    private void restore(String key, @Nullable JsonObject before) {
        if (before == null) {
            rows.remove(key);
        } else {
            rows.put(key, before);
        }
    }

    private void apply(JsonObject change) {
        if (change.getString("action").equals("delete")) {
            rows.remove(change.getString("key"));
        } else {
            put(change.getJsonObject("data"));
        }
    }

    private void put(JsonObject row) {
        JsonObject known = rows.get(row.getString("id"));
        if (known == null || !known.containsKey(STAMP) || !stamp(row).isBefore(stamp(known))) {
            rows.put(row.getString("id"), row);
        }
    }

    @Override
    void mutate(Mutation made) {
        Mutation mutation =
                new Mutation(made.id(), made.action(), made.key(), made.data().map(this::stamped));
        JsonObject before = rows.get(mutation.key());
        waiting.put(mutation.id(), new Waiting(mutation, before));
        mutation.data()
                .ifPresentOrElse(
                        data -> rows.put(mutation.key(), merged(before, data)), () -> rows.remove(mutation.key()));
        send(mutation.message(channel()).build());
    }

    private JsonObject stamped(JsonObject data) {
        return ahead.map(by -> Json.createObjectBuilder(data)
                        .add(
                                STAMP,
                                Instant.now()
                                        .plus(by)
                                        .truncatedTo(ChronoUnit.MILLIS)
                                        .toString())
                        .build())
                .orElse(data);
    }

    private static JsonObject merged(@Nullable JsonObject row, JsonObject fields) {
        JsonObjectBuilder merged = Json.createObjectBuilder(row == null ? JsonValue.EMPTY_JSON_OBJECT : row);
        fields.forEach(merged::add);
        return merged.build();
    }

    @Override
    Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        rows.forEach((key, row) -> texts.put(key, text(row)));
        return texts;
    }

    @Override
    Set<String> waiting() {
        return Set.copyOf(waiting.keySet());
    }

    @Override
    boolean isSubscribed() {
        return subscribed;
    }

    @Override
    int refused() {
        return refused;
    }
}
