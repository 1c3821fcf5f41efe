package dev.lockstep.wire.livestore.operator;

import dev.lockstep.access.StoreOperations.OperatedStore;
import dev.lockstep.api.StoreName;
import dev.lockstep.event.StoreState;
import dev.lockstep.wire.json.PlainJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Stores as JSON. */
final class StoreJson {
    private StoreJson() {}

    static String of(StoreState store) {
        return "{" + members(store) + "}";
    }

    /**
     * A page of stores.
     *
     * @param storesMax how many were requested: a full page names the parameter of the next one
     */
    static String page(List<OperatedStore> stores, int storesMax) {
        String next = stores.size() < storesMax
                ? "null"
                : PlainJson.quote(name(stores.getLast().store()));
        return stores.stream()
                .map(each -> "{" + members(each.store()) + ",\"clients\":" + each.subscribers() + "}")
                .collect(Collectors.joining(",", "{\"stores\":[", "],\"next\":" + next + "}"));
    }

    private static String members(StoreState store) {
        return "\"name\":" + PlainJson.quote(name(store))
                + ",\"backendId\":" + PlainJson.quote(store.backendId())
                + ",\"head\":" + store.head()
                + ",\"events\":" + store.events()
                + ",\"characters\":" + store.characters()
                + ",\"owner\":" + store.owner().map(PlainJson::quote).orElse("null")
                + ",\"createdAt\":" + time(store.createdAtMicros())
                + ",\"appendedAt\":" + (store.appendedAtMicros() == 0 ? "null" : time(store.appendedAtMicros()));
    }

    private static String name(StoreState store) {
        return StoreName.of(store.room()).value();
    }

    private static String time(long micros) {
        return "\"" + Instant.EPOCH.plus(micros, ChronoUnit.MICROS) + "\"";
    }
}
