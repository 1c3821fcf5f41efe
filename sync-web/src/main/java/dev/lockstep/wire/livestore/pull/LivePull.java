package dev.lockstep.wire.livestore.pull;

import dev.lockstep.access.StoreReader;
import dev.lockstep.wire.socket.Connection;
import dev.lockstep.wire.socket.Subscription;
import java.util.Optional;

/** A pull of a socket that stays open: its events are those of a subscription to the store. Thread-safe. */
public final class LivePull implements StorePull {
    private final Connection connection;
    private final StoreReader reader;
    private final StoreSubscription protocol;
    private volatile Optional<Subscription> subscription = Optional.empty();

    /** @param after the number of the last event that the client has */
    public LivePull(Connection connection, String requestId, StoreReader reader, long after) {
        this.connection = connection;
        this.reader = reader;
        this.protocol = new StoreSubscription(requestId, reader.backendId(), reader::page, after);
    }

    @Override
    public void begin() {
        subscription = Optional.of(connection.subscribe(reader.capability(), protocol));
    }

    @Override
    public void acknowledged() {
        protocol.acknowledged();
    }

    @Override
    public void end() {
        subscription.ifPresent(connection::unsubscribe);
    }

    @Override
    public void updateRights(StoreReader granted) {
        subscription.ifPresent(each -> connection.updateRights(each, granted.capability()));
    }
}
