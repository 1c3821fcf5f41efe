package dev.lockstep.system.channels;

import dev.lockstep.system.client.Frame;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A client of generation C, as the contract describes it: it keeps what the server has confirmed, in the server's order, and
 * shows its own mutations on top. It sends them once its subscription is answered.
 */
final class NewerClient extends ChannelClient {
    private static final long NONE = -1;

    private final Map<String, Confirmed> confirmed = new HashMap<>();
    private final Map<String, Mutation> waiting = new LinkedHashMap<>();
    private final List<JsonObject> changes = new ArrayList<>();
    private long cursor = NONE;
    private String view = "";
    private String request = "";
    private boolean subscribed;
    private int refused;

    /** A row as the server has it; the text of a deleted one is empty. */
    private record Confirmed(String text, long revision) {}

    NewerClient(Place place) {
        super(place);
    }

    @Override
    void opened() {
        subscribed = false;
        request = UUID.randomUUID().toString();
        subscribe();
    }

    private void subscribe() {
        JsonObjectBuilder subscribe =
                versioned().add("type", "subscribe").add("requestId", request).add("channel", channel());
        if (cursor != NONE) {
            subscribe.add("cursor", cursor).add("viewVersion", view);
        }
        send(subscribe.build());
    }

    private static JsonObjectBuilder versioned() {
        return Json.createObjectBuilder().add("v", 1);
    }

    @Override
    void handle(Frame frame) {
        JsonObject message = frame.json();
        switch (message.getString("type")) {
            case "snapshot" -> snapshot(message);
            case "change" -> change(message);
            case "ack" -> acknowledged(message);
            case "reject" -> {
                if (waiting.remove(message.getString("id")) != null) {
                    refused++;
                }
            }
            case "channel-reset" -> {
                cursor = NONE;
                opened();
            }
            default -> throw new AssertionError("not a frame of generation C: " + frame.text());
        }
    }

    private void snapshot(JsonObject page) {
        boolean isFull = page.getString("mode").equals("full");
        if (!isFull && !page.getString("viewVersion").equals(view)) {
            throw new AssertionError("a delta of another view: " + page);
        }
        if (isFull) {
            confirmed.clear();
        }
        page.getJsonArray("rows").forEach(row -> confirm(row.asJsonObject(), NONE));
        if (page.containsKey("events")) {
            page.getJsonArray("events").forEach(each -> apply(each.asJsonObject(), NONE));
        }
        cursor = position(page, "cursor");
        view = page.getString("viewVersion");
        if (page.getBoolean("hasMore", false)) {
            subscribe();
            return;
        }
        subscribed = true;
        waiting.values().forEach(this::sendMutation);
    }

    private static long position(JsonObject message, String name) {
        return message.getJsonNumber(name).longValueExact();
    }

    private void confirm(JsonObject row, long revision) {
        confirmed.put(row.getString("id"), new Confirmed(text(row), revision));
    }

    private void apply(JsonObject change, long revision) {
        if (change.getString("kind").equals("delete")) {
            confirmed.put(change.getString("key"), new Confirmed("", revision));
        } else {
            confirm(change.getJsonObject("row"), revision);
        }
    }

    private void change(JsonObject message) {
        changes.add(message);
        long revision = position(message, "revision");
        String key = message.getJsonObject("change").getString("key");
        if (position(message, "cursor") < cursor) {
            throw new AssertionError("a change behind the cursor " + cursor + ": " + message);
        }
        cursor = position(message, "cursor");
        Confirmed known = confirmed.get(key);
        if (known == null || known.revision() < revision) {
            apply(message.getJsonObject("change"), revision);
        }
    }

    private void acknowledged(JsonObject message) {
        Mutation mutation = waiting.remove(message.getString("id"));
        long revision = position(message, "revision");
        if (mutation == null || position(message, "cursor") <= cursor) {
            return;
        }
        if (message.containsKey("data")) {
            confirm(message.getJsonObject("data"), revision);
        } else {
            confirmed.put(mutation.key(), new Confirmed("", revision));
        }
    }

    @Override
    void mutate(Mutation mutation) {
        waiting.put(mutation.id(), mutation);
        if (isConnected() && subscribed) {
            sendMutation(mutation);
        }
    }

    private void sendMutation(Mutation mutation) {
        send(versioned().addAll(mutation.message(channel())).build());
    }

    @Override
    Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        confirmed.forEach((key, row) -> {
            if (!row.text().isEmpty()) {
                texts.put(key, row.text());
            }
        });
        for (Mutation mutation : waiting.values()) {
            switch (mutation.action()) {
                case "create" -> texts.put(mutation.key(), text(mutation));
                case "update" -> texts.computeIfPresent(mutation.key(), (key, before) -> text(mutation));
                default -> texts.remove(mutation.key());
            }
        }
        return texts;
    }

    private String text(Mutation mutation) {
        return text(mutation.data().orElseThrow());
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

    /** The changes that arrived one by one, in their order. */
    List<JsonObject> changes() {
        return List.copyOf(changes);
    }
}
