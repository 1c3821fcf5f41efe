package dev.lockstep.api.event;

import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.StoreName;

/**
 * Receives the events of an application's stores: each event of a store once, in order, also those that were appended while
 * the server was down. A CDI bean of this type in the application's packages is found at startup. Typically it keeps a
 * projection of the events in tables.
 *
 * <p>The server calls it in a JTA transaction that also stores its position, so changes of entities, of a
 * {@link dev.lockstep.api.SyncRepository} and of a {@link dev.lockstep.api.Publisher} have their effect exactly once.
 * Other effects, such as a mail, may happen again after a failure. Stores are independent; at any time at most one thread in
 * the cluster handles a store. If a call fails, the transaction is rolled back, the fault is logged, and the call is made
 * again after a while: until then the store's later events wait.
 *
 * <pre>{@code
 * @ApplicationScoped
 * class Notes implements EventConsumer {
 *     @Inject
 *     SyncRepository rows;
 *
 *     @Override
 *     public String name() {
 *         return "notes";
 *     }
 *
 *     @Override
 *     public void onEvent(StoreName store, StoreEvent event) {
 *         if (event.name().equals("v1.NoteAdded")) {
 *             rows.insert(store.value(), Note.of(event.args()));
 *         }
 *     }
 * }
 * }</pre>
 */
public interface EventConsumer {
    /** Longest {@link #name}, in characters. */
    int NAME_CHARACTERS_MAX = 64;

    /**
     * The name under which the position is stored: 1 to 64 characters, unique within the application. A consumer with a new
     * name begins with the first events.
     */
    String name();

    /** Whether it receives the events of this store. Must not change while the server runs. */
    default boolean consumes(StoreName store) {
        return true;
    }

    /** The number of the first event that a new consumer receives of a store, or of those above it. */
    default long firstNumber(StoreName store) {
        return 1;
    }

    /** Receives the next event. */
    void onEvent(StoreName store, StoreEvent event);

    /** The store was reset or erased: all its events are gone, and new ones follow. Called before the first of them. */
    default void onReset(StoreName store) {}
}
