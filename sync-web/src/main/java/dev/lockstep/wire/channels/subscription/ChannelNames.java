package dev.lockstep.wire.channels.subscription;

import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.wire.application.ServedApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * The channels of the served application. The name of a channel is that of its collection; for a collection with rooms, a colon
 * and the room's name follow. Thread-safe.
 */
@ApplicationScoped
public class ChannelNames {
    /** Longest name of a channel, in characters. A mutation id holds it. */
    public static final int CHARACTERS_MAX = 200;

    private static final char SEPARATOR = ':';

    @Inject
    private ServedApplication application;

    /** The channel with a name; empty if there is none. */
    public Optional<Channel> find(String name) {
        int separator = name.indexOf(SEPARATOR);
        String collection = separator < 0 ? name : name.substring(0, separator);
        String room = separator < 0 ? "" : name.substring(separator + 1);
        return name.length() > CHARACTERS_MAX
                ? Optional.empty()
                : application.collections().stream()
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
