package dev.lockstep.wire.livestore.operator;

import dev.lockstep.access.StoreOperations.OperatedStore;
import dev.lockstep.api.StoreName;
import dev.lockstep.event.StoreState;
import dev.lockstep.wire.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Stores as JSON. */
final class StoreJson {
    private StoreJson() {}

    static JsonObject of(StoreState store) {
        return new JsonObject()
                .with("name", name(store))
                .with("backendId", store.backendId())
                .with("head", store.head())
                .with("events", store.events())
                .with("characters", store.characters())
                .with("owner", store.owner().orElse(null))
                .with("createdAt", time(store.createdAtMicros()))
                .with("appendedAt", store.appendedAtMicros() == 0 ? null : time(store.appendedAtMicros()));
    }

    /**
     * A page of stores.
     *
     * @param storesMax how many were requested: a full page names the parameter of the next one
     */
    static String page(List<OperatedStore> stores, int storesMax) {
        List<JsonObject> page = stores.stream()
                .map(each -> of(each.store()).with("clients", each.subscribers()))
                .toList();
        return new JsonObject()
                .with("stores", page)
                .with(
                        "next",
                        stores.size() < storesMax ? null : name(stores.getLast().store()))
                .toString();
    }

    private static String name(StoreState store) {
        return StoreName.of(store.room()).value();
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
