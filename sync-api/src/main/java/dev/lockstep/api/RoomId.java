package dev.lockstep.api;

import java.util.Optional;

/**
 * The unit of sharing, isolation and live delivery.
 *
 * @param namespace the application's name for a room of rows; for a room of events, an event store, the name with
 *     {@code /events} behind it. So a store and a room of rows with the same name are two rooms
 * @param name the room's name within it; empty for the shared room
 */
public record RoomId(String namespace, String name) {
    /** Longest room name, in characters. The room columns of applications must hold as much. */
    public static final int NAME_CHARACTERS_MAX = 255;

    /** Longest name of a room of events, in characters: that of a store, with escapes. */
    private static final int EVENTS_NAME_CHARACTERS_MAX = 1_280;

    /** Ends the namespace of an application's event stores. No application's name contains a slash. */
    private static final String EVENTS = "/events";

    /** First character of the names of users' own rooms. No group's name begins with it. */
    public static final String OWN_PREFIX = "~";

    /** @throws IllegalArgumentException if the name is too long, or holds a control character or half a surrogate pair */
    public RoomId {
        requireName(name, namespace.endsWith(EVENTS) ? EVENTS_NAME_CHARACTERS_MAX : NAME_CHARACTERS_MAX);
    }

    static void requireName(String name) {
        requireName(name, NAME_CHARACTERS_MAX);
    }

    private static void requireName(String name, int charactersMax) {
        if (name.length() > charactersMax || hasControls(name) || !StorableText.isStorable(name)) {
            throw new IllegalArgumentException(
                    "a room's name is at most " + charactersMax + " characters of Unicode without control characters");
        }
    }

    /** The room of an event store. {@link StoreName} makes its name. */
    public static RoomId ofEvents(String application, String name) {
        return new RoomId(application + EVENTS, name);
    }

    /** Whether this is an event store. Other rooms have rows. */
    public boolean isOfEvents() {
        return namespace.endsWith(EVENTS);
    }

    /** The name of the application. */
    public String application() {
        return isOfEvents() ? namespace.substring(0, namespace.length() - EVENTS.length()) : namespace;
    }

    // A loop instead of a pattern, as in CollectionName: the log creates a RoomId for every action that it reads.
    private static boolean hasControls(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The room of all rows without a room: those of single-tenant collections. */
    public static RoomId shared(String application) {
        return new RoomId(application, "");
    }

    /**
     * A user's own room: it carries changes that concern the user alone, such as changes of the user's rights. Its name
     * begins with {@code ~}, so it never collides with a group's.
     *
     * @throws IllegalArgumentException if the subject holds a control character
     */
    public static RoomId own(String application, String subject) {
        return new RoomId(application, OWN_PREFIX + subject);
    }

    /** Whether this is a user's own room. */
    public boolean isOwn() {
        return name.startsWith(OWN_PREFIX);
    }

    /** The user whose own room this is; empty for a group and for the shared room. */
    public Optional<String> owner() {
        return isOwn() ? Optional.of(name.substring(OWN_PREFIX.length())) : Optional.empty();
    }

    /** Whether this is the application's shared room. */
    public boolean isShared() {
        return name.isEmpty();
    }

    @Override
    public String toString() {
        return namespace + "/" + (isShared() ? "(shared)" : name);
    }
}
