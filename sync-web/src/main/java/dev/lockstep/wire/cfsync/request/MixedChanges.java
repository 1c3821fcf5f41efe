package dev.lockstep.wire.cfsync.request;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reader of a body with changes of several collections and kinds:
 * {@code {"changes":[{"collection","action","id","data"}],"_clientMutationId"}}. The actions are those of broadcasts:
 * {@code insert}, {@code update} and {@code delete}.
 */
public final class MixedChanges {
    private static final String CHANGES = "changes";
    private static final String COLLECTION = "collection";
    private static final String ACTION = "action";
    private static final String ID = "id";
    private static final String DATA = "data";

    private MixedChanges() {}

    /**
     * The mutation of a body.
     *
     * @param changesMax most changes; a body with more is refused
     * @param collections finds a collection of the application by its name
     * @throws SyncException if the body is invalid; of an invalid change, the issue begins with its index
     */
    public static Mutation read(
            Caller caller,
            RoomId room,
            @Nullable Object body,
            int changesMax,
            Function<String, Optional<CollectionName>> collections) {
        Map<String, @Nullable Object> envelope = BodyValues.object(body, "body");
        List<Change> changes = new ArrayList<>();
        for (Object each : BodyValues.elements(envelope, CHANGES, changesMax)) {
            changes.add(change(each, changes.size(), collections));
        }
        return new Mutation(
                caller,
                room,
                Operation.MIXED,
                changes,
                BodyValues.scope(envelope),
                BodyValues.mutationId(room, envelope));
    }

    private static Change change(
            @Nullable Object sent, int index, Function<String, Optional<CollectionName>> collections) {
        Map<String, @Nullable Object> change = BodyValues.object(sent, String.valueOf(index));
        CollectionName in = collection(change.get(COLLECTION), index, collections);
        Object id = change.get(ID);
        String idPath = index + "." + ID;
        return switch (change.get(ACTION) instanceof String action ? action : "") {
            case "insert" ->
                new Change.Insert(in, id == null ? null : BodyValues.entityId(id, idPath), data(change, index));
            case "update" -> new Change.Update(in, BodyValues.entityId(id, idPath), data(change, index));
            case "delete" -> new Change.Delete(in, BodyValues.entityId(id, idPath));
            default -> throw BodyValues.invalid(index + "." + ACTION, "expected insert, update or delete");
        };
    }

    private static Map<String, @Nullable Object> data(Map<String, @Nullable Object> change, int index) {
        return BodyValues.object(change.get(DATA), index + "." + DATA);
    }

    private static CollectionName collection(
            @Nullable Object name, int index, Function<String, Optional<CollectionName>> collections) {
        if (!(name instanceof String text)) {
            throw BodyValues.invalid(index + "." + COLLECTION, "expected string, received " + BodyValues.kind(name));
        }
        return collections
                .apply(text)
                .orElseThrow(() -> new SyncException(
                        new Refusal(ErrorCode.UNKNOWN_COLLECTION, "Collection '" + text + "' not found")
                                .ofChange(index)));
    }
}
