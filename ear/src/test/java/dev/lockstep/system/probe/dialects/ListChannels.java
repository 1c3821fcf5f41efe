package dev.lockstep.system.probe.dialects;

import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.hook.ChannelResolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The channels {@code list/} with a list's name, and {@code mine}, the list of the caller; {@code faulty} is a mistake. */
@ApplicationScoped
public class ListChannels implements ChannelResolver {
    private static final CollectionName TODOS = new CollectionName("todos");
    private static final String PREFIX = "list/";

    @Override
    public Optional<Channel> resolve(Caller caller, String name) {
        if (name.equals("faulty")) {
            return Optional.of(new Channel(TODOS, ""));
        }
        if (name.equals("mine")) {
            return caller.subject().map(user -> new Channel(TODOS, user.substring(user.indexOf('@') + 1)));
        }
        return name.startsWith(PREFIX)
                ? Optional.of(new Channel(TODOS, name.substring(PREFIX.length())))
                : Optional.empty();
    }
}
