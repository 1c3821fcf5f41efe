package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.RoomId;
import java.util.List;
import java.util.Optional;

/**
 * The content of an action: one change to one row, before it has a place in the log.
 *
 * @param bulk whether the client asked for many rows at once, if only for one
 * @param stampMicros when, in microseconds since 1970; equal for all of a mutation, never less than the room's last
 * @param rowAfter the row's canonical JSON; empty for a delete
 * @param rowBefore the row's canonical JSON before a delete, if it is known; empty otherwise
 * @param changedFields for an update, the fields that it changed
 * @param scope the label that live frames carry
 * @param caller who asked for it; empty if anonymous
 */
public record Entry(
        RoomId room,
        CollectionName collection,
        EntityId entityId,
        Kind kind,
        boolean bulk,
        long stampMicros,
        Optional<String> rowAfter,
        Optional<String> rowBefore,
        List<String> changedFields,
        Optional<String> scope,
        Optional<String> caller,
        Optional<MutationId> mutationId) {
    public Entry {
        changedFields = List.copyOf(changedFields);
    }

    /** The length of its rows: an estimate of the memory that it takes. */
    public int characters() {
        return rowAfter.map(String::length).orElse(0)
                + rowBefore.map(String::length).orElse(0);
    }

    /** What happened to the row. The code is what the database holds. */
    public enum Kind {
        INSERT("I"),
        UPDATE("U"),
        DELETE("D");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }

        static Kind of(String code) {
            for (Kind kind : values()) {
                if (kind.code.equals(code)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("the log has no action of kind " + code);
        }
    }
}
