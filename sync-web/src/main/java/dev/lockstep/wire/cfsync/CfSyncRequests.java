package dev.lockstep.wire.cfsync;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.wire.cfsync.request.BodyValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reader of request bodies (contract, sections 1.1 and 1.4) as mutations. */
final class CfSyncRequests {
    private static final String SCOPE = "scope";
    private static final String ID = "id";
    private static final String ROOM = "syncId";

    /** The ids that clients since version 0.25 assign to new rows; in a bulk in the order of its items. */
    private static final String ROW_ID = "_entityId";

    private static final String ROW_IDS = "_entityIds";

    private final Caller caller;
    private final RoomId room;
    private final CollectionName collection;
    private final int bulkRowsMax;
    private final Conventions conventions;

    /**
     * Interpretation of the parts of a body that have different meanings for different clients.
     *
     * @param listed the scope in the request's address, which takes precedence over the scope in the body
     * @param isScopeValue whether the scope in the body of an update is also a value of the field with that name, and so
     *     moves the row to it
     * @param isIdValue whether the field {@code id} of a new row is its id; else it is ignored
     * @param isRowId whether a client's own id can be the id of a row; else it is ignored, because clients make such ids
     *     without knowing the collection
     */
    record Conventions(Optional<String> listed, boolean isScopeValue, boolean isIdValue, Predicate<EntityId> isRowId) {
        /** Conventions of clients up to version 0.24, for a collection that accepts clients' ids. */
        static final Conventions OLDER = new Conventions(Optional.empty(), true, true);

        /** Conventions for a collection whose ids have any form. */
        Conventions(Optional<String> listed, boolean isScopeValue, boolean isIdValue) {
            this(listed, isScopeValue, isIdValue, id -> true);
        }
    }

    CfSyncRequests(Caller caller, RoomId room, CollectionName collection, int bulkRowsMax, Conventions conventions) {
        this.caller = caller;
        this.room = room;
        this.collection = collection;
        this.bulkRowsMax = bulkRowsMax;
        this.conventions = conventions;
    }

    /** Whether a body or query has row ids, which only clients since version 0.25 send. */
    static boolean hasRowIds(@Nullable Object envelope) {
        return envelope instanceof Map<?, ?> members && (members.containsKey(ROW_ID) || members.containsKey(ROW_IDS));
    }

    /** The room in a body or query, where clients of version 0.20 and earlier send it. */
    static Optional<String> room(@Nullable Object envelope) {
        return envelope instanceof Map<?, ?>
                ? BodyValues.text(BodyValues.object(envelope, "body"), ROOM)
                : Optional.empty();
    }

    Mutation insert(@Nullable Object body) {
        Map<String, @Nullable Object> fields = BodyValues.object(body, "body");
        return mutation(Operation.INSERT, fields, List.of(insertion(fields, rowId(fields.get(ROW_ID), ROW_ID))));
    }

    Mutation update(String id, @Nullable Object body) {
        Map<String, @Nullable Object> fields = BodyValues.object(body, "body");
        return mutation(
                Operation.UPDATE,
                fields,
                List.of(new Change.Update(collection, BodyValues.entityId(id, ID), values(fields))));
    }

    Mutation delete(String id, Map<String, @Nullable Object> query) {
        return mutation(Operation.DELETE, query, List.of(new Change.Delete(collection, BodyValues.entityId(id, ID))));
    }

    Mutation bulkInsert(@Nullable Object body) {
        Map<String, @Nullable Object> envelope = BodyValues.object(body, "body");
        List<Change> changes = new ArrayList<>();
        List<?> items = rows(envelope, "items");
        List<?> ids = rowIds(envelope, items.size());
        for (Object item : items) {
            int index = changes.size();
            @Nullable EntityId id = ids.isEmpty() ? null : rowId(ids.get(index), ROW_IDS + "." + index);
            changes.add(insertion(BodyValues.object(item, "items." + index), id));
        }
        return mutation(Operation.BULK_INSERT, envelope, changes);
    }

    Mutation bulkUpdate(@Nullable Object body) {
        Map<String, @Nullable Object> envelope = BodyValues.object(body, "body");
        List<Change> changes = new ArrayList<>();
        for (Object item : rows(envelope, "items")) {
            String path = "items." + changes.size();
            Map<String, @Nullable Object> update = BodyValues.object(item, path);
            EntityId id = BodyValues.entityId(update.get(ID), path + ".id");
            changes.add(new Change.Update(collection, id, BodyValues.object(update.get("data"), path + ".data")));
        }
        return mutation(Operation.BULK_UPDATE, envelope, changes);
    }

    Mutation bulkDelete(@Nullable Object body) {
        Map<String, @Nullable Object> envelope = BodyValues.object(body, "body");
        List<Change> changes = new ArrayList<>();
        for (Object id : rows(envelope, "ids")) {
            changes.add(new Change.Delete(collection, BodyValues.entityId(id, "ids." + changes.size())));
        }
        return mutation(Operation.BULK_DELETE, envelope, changes);
    }

    private Mutation mutation(Operation operation, Map<String, @Nullable Object> envelope, List<Change> changes) {
        Optional<String> scope = BodyValues.scope(envelope);
        return new Mutation(
                caller,
                room,
                operation,
                changes,
                conventions.listed().or(() -> scope),
                BodyValues.mutationId(room, envelope));
    }

    /** The values of an update, without a scope that only names the client's list. */
    private Map<String, @Nullable Object> values(Map<String, @Nullable Object> fields) {
        if (conventions.isScopeValue() || !fields.containsKey(SCOPE)) {
            return fields;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>(fields);
        values.remove(SCOPE);
        return values;
    }

    private Change.Insert insertion(Map<String, @Nullable Object> fields, @Nullable EntityId chosen) {
        Object id = fields.get(ID);
        boolean isChosen = conventions.isIdValue() && id instanceof String text && !text.isEmpty();
        EntityId own = chosen != null && conventions.isRowId().test(chosen) ? chosen : null;
        return new Change.Insert(collection, own == null && isChosen ? BodyValues.entityId(id, ID) : own, fields);
    }

    private static @Nullable EntityId rowId(@Nullable Object id, String path) {
        return id == null ? null : BodyValues.entityId(id, path);
    }

    /** The ids of a bulk's rows; empty if its client sent none. */
    private static List<?> rowIds(Map<String, @Nullable Object> envelope, int items) {
        Object sent = envelope.get(ROW_IDS);
        if (sent == null) {
            return List.of();
        }
        if (!(sent instanceof List<?> ids)) {
            throw BodyValues.invalid(ROW_IDS, "expected array, received " + BodyValues.kind(sent));
        }
        if (ids.size() != items) {
            throw BodyValues.invalid(
                    ROW_IDS, "expected one id for each of the " + items + " items, received " + ids.size());
        }
        return ids;
    }

    /** The scope of a query. */
    static Optional<String> scope(Map<String, @Nullable Object> query) {
        return BodyValues.scope(query);
    }

    private List<?> rows(Map<String, @Nullable Object> envelope, String key) {
        return BodyValues.elements(envelope, key, bulkRowsMax);
    }
}
