package com.example.todos;

import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.hook.ChannelResolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

@ApplicationScoped
public class ListChannels implements ChannelResolver {
    private static final CollectionName TODOS = new CollectionName("todos");

    @Override
    public Optional<Channel> resolve(Caller caller, String name) {
        return name.startsWith("list/")
                ? Optional.of(new Channel(TODOS, name.substring("list/".length()))) // the room
                : Optional.empty(); // the rule of the table above
    }
}
