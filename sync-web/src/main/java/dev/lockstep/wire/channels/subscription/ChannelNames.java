package dev.lockstep.wire.channels.subscription;

import dev.lockstep.api.Caller;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.hook.ChannelResolver;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.wire.application.ServedApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The channels of the served application: those that its {@link ChannelResolver}s find. Otherwise the name of a channel is that
 * of its collection; for a collection with rooms, a colon and the room's name follow. Thread-safe.
 */
@ApplicationScoped
public class ChannelNames {
    /** Longest name of a channel, in characters. A mutation id holds it. */
    public static final int CHARACTERS_MAX = 200;

    private static final char SEPARATOR = ':';

    @Inject
    private ServedApplication application;

    @Inject
    @Any
    private Instance<ChannelResolver> declared;

    private final Supplier<List<ChannelResolver>> resolvers =
            ApplicationBeans.atFirstUse(() -> ApplicationBeans.find(declared, application.name()));

    /**
     * The channel with a name; empty if there is none.
     *
     * @throws IllegalStateException if a resolver names a collection that does not exist, or a room where there are none
     */
    public Optional<Channel> find(Caller caller, String name) {
        if (name.length() > CHARACTERS_MAX) {
            return Optional.empty();
        }
        return resolvers.get().stream()
                .flatMap(resolver -> resolver.resolve(caller, name).stream())
                .findFirst()
                .map(resolved -> resolved(name, resolved))
                .or(() -> ofCollection(name));
    }

    private Channel resolved(String name, ChannelResolver.Channel resolved) {
        return application.collections().stream()
                .filter(model -> model.name().equals(resolved.collection()))
                .filter(model -> model.isSingleTenant() == resolved.room().isEmpty())
                .findFirst()
                .flatMap(model -> channel(name, model, resolved.room()))
                .orElseThrow(() -> new IllegalStateException("a ChannelResolver made '" + name + "' the collection '"
                        + resolved.collection() + "' in the room '" + resolved.room()
                        + "': it must be a collection of the application, with a room if it has rooms"));
    }

    private Optional<Channel> ofCollection(String name) {
        int separator = name.indexOf(SEPARATOR);
        String collection = separator < 0 ? name : name.substring(0, separator);
        String room = separator < 0 ? "" : name.substring(separator + 1);
        return application.collections().stream()
                .filter(model -> model.name().value().equals(collection))
                .filter(model -> model.isSingleTenant() == (separator < 0))
                .findFirst()
                .flatMap(model -> channel(name, model, room));
    }

    private Optional<Channel> channel(String name, CollectionModel model, String room) {
        if (model.isSingleTenant()) {
            return Optional.of(new Channel(name, model, RoomId.shared(application.name())));
        }
        try {
            return room.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Channel(name, model, new RoomId(application.name(), room)));
        } catch (IllegalArgumentException noRoom) {
            return Optional.empty();
        }
    }
}
