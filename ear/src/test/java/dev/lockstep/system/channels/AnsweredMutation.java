package dev.lockstep.system.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.lockstep.system.client.BroadcastSocket;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/** The answer to a mutation, and the frame of its change, which come in either order where hooks delay answers. */
public record AnsweredMutation(JsonObject answer, JsonObject change) {
    /**
     * The next two frames of a socket.
     *
     * @param answer the type of the answer: {@code ack} or {@code reject}
     */
    public static AnsweredMutation next(BroadcastSocket socket, String answer) {
        List<JsonObject> frames =
                Stream.of(socket.next().json(), socket.next().json()).toList();
        return new AnsweredMutation(ofType(frames, answer), ofType(frames, "change"));
    }

    private static JsonObject ofType(List<JsonObject> frames, String type) {
        assertThat(frames).extracting(frame -> frame.getString("type")).contains(type);
        return frames.stream()
                .filter(frame -> frame.getString("type").equals(type))
                .findFirst()
                .orElseGet(() -> fail(type));
    }
}
