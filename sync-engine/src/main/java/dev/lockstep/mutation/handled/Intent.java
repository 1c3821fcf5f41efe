package dev.lockstep.mutation.handled;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.mutation.idempotency.IdempotencyKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change that a handler is to make, as it is written before the first call.
 *
 * @param row the row; of a new row, the client's id or one that the server has made
 * @param fields the requested values; none for a delete
 * @param id the id of the mutation: the client's, or one of the server
 */
record Intent(
        RoomId room,
        CollectionName collection,
        EntityId row,
        Operation operation,
        Map<String, @Nullable Object> fields,
        Optional<String> scope,
        Optional<String> subject,
        MutationId id) {
    Intent {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    Caller caller() {
        return new Caller(room.application(), subject, Map.of(), Optional.empty());
    }

    /** The id of the change for its handler: the same for every repeat. */
    String handlerId() {
        return IdempotencyKey.value(caller(), id);
    }

    boolean isOf(Intent other) {
        return id.client().equals(other.id.client())
                && id.value().equals(other.id.value())
                && subject.equals(other.subject);
    }

    /** The mutation that logs an effect, and stores it as the result of the mutation's id. */
    Mutation effect(Change change) {
        MutationId unchecked = id.withoutComparison();
        return new Mutation(caller(), room, operation, List.of(change), scope, Optional.of(unchecked));
    }
}
