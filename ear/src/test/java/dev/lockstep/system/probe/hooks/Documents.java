package dev.lockstep.system.probe.hooks;

import dev.lockstep.api.hook.SocketHook;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Documents without content: a client that opens one receives its user's name, and from then on the messages and ends
 * of other clients.
 */
@ApplicationScoped
public class Documents implements SocketHook {
    /** Number of updates that a client receives at once when it requests a document's history. */
    public static final int HISTORY = 500;

    private final Map<String, Peer> peers = new ConcurrentHashMap<>();

    @Override
    public void subscribed(Peer peer) {
        peers.put(peer.id(), peer);
    }

    @Override
    public boolean received(Peer peer, Map<String, @Nullable Object> message) {
        return switch (String.valueOf(message.get("type"))) {
            case "doc_view" -> {
                peer.send("{\"type\":\"session_state\",\"active\":true,\"participants\":[{\"userId\":\""
                        + peer.caller().subject().orElse("") + "\",\"isEditing\":false}]}");
                yield true;
            }
            case "yjs_sync_step1" -> {
                peer.send("{\"type\":\"yjs_sync_step2\",\"payload\":\"" + message.get("payload") + "\",\"seq\":0}");
                yield true;
            }
            case "yjs_update" -> {
                tellOthers(peer, "{\"type\":\"yjs_update\",\"payload\":\"" + message.get("payload") + "\"}");
                yield true;
            }
            case "doc_history" -> {
                IntStream.range(0, HISTORY).forEach(seq -> peer.send("{\"type\":\"yjs_update\",\"seq\":" + seq + "}"));
                yield true;
            }
            case "doc_break" -> throw new IllegalStateException("what a hook throws stays in the server");
            default -> false;
        };
    }

    @Override
    public void closed(Peer peer) {
        peers.remove(peer.id());
        tellOthers(
                peer,
                "{\"type\":\"session_closed\",\"of\":\""
                        + peer.caller().subject().orElse("") + "\"}");
    }

    private void tellOthers(Peer one, String json) {
        peers.values().stream().filter(other -> !other.id().equals(one.id())).forEach(other -> other.send(json));
    }
}
