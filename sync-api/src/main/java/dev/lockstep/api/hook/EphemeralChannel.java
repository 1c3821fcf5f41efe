package dev.lockstep.api.hook;

import dev.lockstep.api.Caller;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel of {@code @sveltebase/sync} whose rows are stored nowhere: what a publisher posts to {@code /broadcast} reaches the
 * subscribers of the moment on this node, at best once, without a place in the log. A subscriber begins with no rows, and
 * clients write nothing. CDI beans in an application's packages. Called from many threads at once; must not block for long.
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class Presence implements EphemeralChannel {
 *     @Override
 *     public String name() {
 *         return "presence"; // and "presence:lobby", "presence:team-1"
 *     }
 *
 *     @Override
 *     public boolean isFor(Caller subscriber, Message message) {
 *         return !subscriber.subject().equals(Optional.of(message.key()));
 *     }
 * }
 * }</pre>
 */
public interface EphemeralChannel {
    /** The channel's name, unlike that of every collection of the application; a colon and a text may follow it. */
    String name();

    /**
     * Whether a caller may subscribe. The default admits callers who have signed in. An exception refuses.
     *
     * @param channel the whole name, with the text after the colon
     */
    default boolean admits(Caller caller, String channel) {
        return caller.subject().isPresent();
    }

    /** The audience: whether a subscriber receives a message. If it throws, nobody receives the message; that is logged. */
    default boolean isFor(Caller subscriber, Message message) {
        return true;
    }

    /**
     * A message.
     *
     * @param channel the whole name, with the text after the colon
     * @param isDelete whether the row is gone; then there is no data
     * @param data plain values, as the publisher sent them
     */
    record Message(String channel, String key, boolean isDelete, Map<String, @Nullable Object> data) {
        public Message {
            data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        }
    }
}
