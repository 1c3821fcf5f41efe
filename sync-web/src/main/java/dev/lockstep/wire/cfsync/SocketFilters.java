package dev.lockstep.wire.cfsync;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.Row;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.filter.RowFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reader of a socket's filters: a JSON object with a filter, as in lists, for each filtered collection. Collections without
 * a filter are sent as a whole.
 */
final class SocketFilters {
    private SocketFilters() {}

    /**
     * The filters by collection.
     *
     * @param values the values of the parameter; none if the client sent none
     * @throws SyncException as {@code INVALID}, if a filter is unusable
     */
    static Map<CollectionName, Predicate<Row>> read(List<CollectionModel> models, List<String> values) {
        if (values.isEmpty()) {
            return Map.of();
        }
        if (values.size() > 1 || !(ListParameters.json(values.getFirst()) instanceof Map<?, ?> byName)) {
            throw invalid(ListParameters.FILTER, "expected one object with a filter for each collection");
        }
        Map<CollectionName, Predicate<Row>> filters = new HashMap<>();
        byName.forEach((name, json) -> {
            String path = ListParameters.FILTER + "." + name;
            CollectionModel model = named(models, String.valueOf(name))
                    .orElseThrow(() -> invalid(path, "is not a collection of the application"));
            RowFilter filter = ListParameters.filter(model, json, path);
            if (!filter.isEmpty()) {
                filters.put(model.name(), filter);
            }
        });
        return filters;
    }

    private static Optional<CollectionModel> named(List<CollectionModel> models, String name) {
        return models.stream()
                .filter(model -> model.name().value().equals(name))
                .findFirst();
    }

    private static SyncException invalid(String path, String message) {
        return new SyncException(
                new Refusal(ErrorCode.INVALID, path + ": " + message, List.of(new Issue(path, message))));
    }
}
