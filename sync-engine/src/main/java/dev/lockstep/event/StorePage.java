package dev.lockstep.event;

import java.util.List;

/**
 * Consecutive events of a store.
 *
 * @param events by number
 * @param remaining how many events followed when the page was read; 0 at the end
 */
public record StorePage(List<StoredEvent> events, long remaining) {
    public StorePage {
        events = List.copyOf(events);
    }
}
