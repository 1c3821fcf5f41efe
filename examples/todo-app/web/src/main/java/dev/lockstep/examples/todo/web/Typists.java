package dev.lockstep.examples.todo.web;

import dev.lockstep.api.room.RoomScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The windows in which a todo is being typed, while the room is open. Thread-safe. */
@RoomScoped
public class Typists {
    /** A window that was not heard of for so long does not type any more. The page repeats its request every 3 s. */
    private static final Duration TYPING_MAX = Duration.ofSeconds(6);

    /** Most windows that are remembered. Others are not shown. */
    private static final int WINDOWS_MAX = 100;

    private final Map<String, Long> nanosByWindow = new ConcurrentHashMap<>();

    void add(String window) {
        if (nanosByWindow.size() < WINDOWS_MAX || nanosByWindow.containsKey(window)) {
            nanosByWindow.put(window, System.nanoTime());
        }
    }

    void remove(String window) {
        nanosByWindow.remove(window);
    }

    Set<String> windows() {
        long now = System.nanoTime();
        nanosByWindow.values().removeIf(at -> now - at > TYPING_MAX.toNanos());
        return new TreeSet<>(nanosByWindow.keySet());
    }
}
