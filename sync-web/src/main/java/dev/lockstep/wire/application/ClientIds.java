package dev.lockstep.wire.application;

import dev.lockstep.api.Operation;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Misconfiguration;

/** The check of dialects whose clients give new rows their ids. */
public final class ClientIds {
    private ClientIds() {}

    /**
     * Requires that clients may choose the ids of rows that they insert.
     *
     * @param clients the product's name, for the message
     * @throws Misconfiguration if the server assigns the ids
     */
    public static void require(CollectionModel model, String clients) {
        if (model.operations().contains(Operation.INSERT) && !model.clientIds()) {
            String cure = model.generatesIds()
                    ? "replace @GeneratedValue by clientIds = true in its @SyncCollection"
                    : "add clientIds = true to its @SyncCollection";
            throw new Misconfiguration(model.entity().getName() + " is served to clients of " + clients
                    + ", which give new rows their ids: " + cure + ", or leave INSERT out of its operations.");
        }
    }
}
