package dev.lockstep.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Events as one text: JSON objects, separated by the record separator of RFC 7464 (U+001E). JSON never contains it
 * unescaped.
 */
public final class EventSequence {
    private static final char SEPARATOR = '\u001E';

    private EventSequence() {}

    static String join(Collection<String> events) {
        return String.join(String.valueOf(SEPARATOR), events);
    }

    /** The events of a text, each as JSON. */
    public static List<String> split(String text) {
        List<String> events = new ArrayList<>();
        int from = 0;
        int to = text.indexOf(SEPARATOR);
        while (to >= 0) {
            events.add(text.substring(from, to));
            from = to + 1;
            to = text.indexOf(SEPARATOR, from);
        }
        events.add(text.substring(from));
        return events;
    }
}
