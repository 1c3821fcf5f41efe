package dev.lockstep.event;

import dev.lockstep.api.EntityId;

/**
 * The events of one append, by number. The log identifies its action by it.
 *
 * @param parent the number before the first event
 * @param last the number of the last event
 */
public record EventRange(long parent, long last) {
    /** The id of the action of a reset: the store has no events any more. */
    static final EntityId RESET = new EntityId("reset");

    EntityId id() {
        return new EntityId(parent + "-" + last);
    }

    /** Whether the action with this id is a reset, so that its subscribers must read the store again. */
    public static boolean isReset(EntityId id) {
        return id.equals(RESET);
    }

    /** The range of the action with this id. */
    public static EventRange of(EntityId id) {
        int dash = id.value().indexOf('-');
        return new EventRange(
                Long.parseLong(id.value().substring(0, dash)),
                Long.parseLong(id.value().substring(dash + 1)));
    }
}
