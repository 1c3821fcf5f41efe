package dev.lockstep.system.client;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** A user of an application with Strata's dialect, frame by frame. Thread-safe. */
public final class StrataUser {
    private final URI application;
    private final String token;
    private final Api api;

    /** @param token the user's */
    public StrataUser(URI application, String token) {
        this.application = application;
        this.token = token;
        this.api = new Api(application).with("Authorization", "Bearer " + token);
    }

    public Api api() {
        return api;
    }

    /** A socket without a subscription. */
    public BroadcastSocket open() {
        return BroadcastSocket.at(application, "/sync/ws?token=" + token);
    }

    /** A socket with a confirmed subscription to these groups, or to all. */
    public BroadcastSocket subscribe(String cursor, String... groups) {
        BroadcastSocket socket = open();
        socket.send(subscription(cursor, groups));
        untilSubscribed(socket);
        return socket;
    }

    /** The subscribe message for these groups, or for all. */
    public String subscription(String cursor, String... groups) {
        String named = groups.length == 0
                ? ""
                : Arrays.stream(groups)
                        .map(group -> "\"" + group + "\"")
                        .collect(Collectors.joining(",", "\"groups\":[", "],"));
        return "{\"afterSyncId\":\"" + cursor + "\"," + named + "\"token\":\"" + token + "\",\"type\":\"subscribe\"}";
    }

    /** The actions that arrive before the confirmation of the subscription. */
    public static List<JsonObject> untilSubscribed(BroadcastSocket socket) {
        List<JsonObject> actions = new ArrayList<>();
        for (Frame frame = socket.next(); !frame.type().equals("subscribed"); frame = socket.next()) {
            actions.addAll(actions(frame));
        }
        return actions;
    }

    /** The actions of a packet. */
    public static List<JsonObject> actions(Frame packet) {
        if (!packet.type().equals("delta")) {
            throw new AssertionError("no packet, but " + packet.text());
        }
        return packet.json().getJsonObject("packet").getJsonArray("actions").getValuesAs(JsonObject.class);
    }

    /** Inserts a task into a group; returns its position in the log. */
    public String insert(String row, String group) {
        return change("INSERT", row, "{\"title\":\"x\",\"workspaceId\":\"" + group + "\"}");
    }

    /** Changes a task; returns the change's position in the log. */
    public String change(String action, String row, String payload) {
        Answer answer = api.post(
                "/sync/mutate",
                "{\"batchId\":\"b\",\"transactions\":[{\"action\":\"" + action
                        + "\",\"clientId\":\"c\",\"clientTxId\":\""
                        + UUID.randomUUID() + "\",\"modelId\":\"" + row + "\",\"modelName\":\"Task\",\"payload\":"
                        + payload + "}]}");
        JsonObject result = answer.json().getJsonArray("results").getJsonObject(0);
        if (!result.getBoolean("success")) {
            throw new AssertionError(answer.body());
        }
        return result.getString("syncId");
    }

    /** Adds a user to a group. */
    public void join(String user, String group) {
        requireSuccess(api.sendNothing("POST", "/members/" + user + "/" + group));
    }

    /** Removes a user from a group. */
    public void leave(String user, String group) {
        requireSuccess(api.sendNothing("DELETE", "/members/" + user + "/" + group));
    }

    private static void requireSuccess(Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new AssertionError(answer.toString());
        }
    }
}
