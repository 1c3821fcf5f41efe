package dev.lockstep.api.hook;

import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import java.util.Optional;

/**
 * Names of channels of {@code @sveltebase/sync} that an application chooses itself: each stands for a collection in a room.
 * CDI beans in an application's packages, asked in the order of {@code @Priority}; the first channel that one of them finds
 * counts. Where none finds one, the name is that of a collection, with a colon and the room's name where it has rooms.
 *
 * <p>A resolver decides nothing about access: the rules for the room do. It is called for each subscription, mutation and
 * publication, from many threads at once, and must not block for long. If it throws, the message is refused.
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class TeamChannels implements ChannelResolver {
 *     @Override
 *     public Optional<Channel> resolve(Caller caller, String name) {
 *         return name.startsWith("team/")
 *                 ? Optional.of(new Channel(new CollectionName("todos"), name.substring("team/".length())))
 *                 : Optional.empty();
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface ChannelResolver {
    /**
     * The channel with a name. A caller keeps the channel of a name while it is connected.
     *
     * @param caller the subscriber or writer; anonymous for a publication by HTTP
     * @param name as the client sent it, 1 to 200 characters
     * @return empty for a name that the resolver does not know
     */
    Optional<Channel> resolve(Caller caller, String name);

    /**
     * A collection in a room.
     *
     * @param room the room's name; empty for a collection without rooms
     */
    record Channel(CollectionName collection, String room) {}
}
