package dev.lockstep.access;

import dev.lockstep.api.RoomId;
import dev.lockstep.event.EventStores;
import dev.lockstep.event.StorePage;
import java.util.concurrent.CompletionStage;

/**
 * The right to read one event store, as the access chain has granted it. Valid for one request, or until a session's rights
 * are checked again. Immutable.
 */
public final class StoreReader {
    private final EventStores stores;
    private final RoomId room;
    private final String backendId;
    private final ReadCapability capability;

    StoreReader(EventStores stores, RoomId room, String backendId, ReadCapability capability) {
        this.stores = stores;
        this.room = room;
        this.backendId = backendId;
        this.capability = capability;
    }

    /** The id of the store as clients know it. A reset and a restore of the database change it. */
    public String backendId() {
        return backendId;
    }

    /** The right to subscribe to the store's room. */
    public ReadCapability capability() {
        return capability;
    }

    /**
     * The events after a number, of one instant. Never blocks. Fails with a {@code SyncException}: {@code STORE_RESET} if the
     * store has another backend id by now, {@code OVERLOADED} if too many pages wait.
     *
     * @param eventsMax most events
     * @param charactersMax most characters of their JSON; one event is read in any case
     */
    public CompletionStage<StorePage> page(long after, int eventsMax, long charactersMax) {
        return stores.page(room, backendId, after, eventsMax, charactersMax);
    }
}
