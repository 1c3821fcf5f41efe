package dev.lockstep.api;

import java.util.Optional;

/**
 * The unit of sharing, isolation and live delivery.
 *
 * @param application the application's name
 * @param name the room's name within it; empty for the shared room
 */
public record RoomId(String application, String name) {
    /** Longest room name, in characters. The room columns of applications must hold as much. */
    public static final int NAME_CHARACTERS_MAX = 255;

    /** First character of the names of users' own rooms. No group's name begins with it. */
    public static final String OWN_PREFIX = "~";

    /** @throws IllegalArgumentException if the name is too long, or holds a control character or half a surrogate pair */
    public RoomId {
        requireName(name);
    }

    static void requireName(String name) {
        if (name.length() > NAME_CHARACTERS_MAX || hasControls(name) || !StorableText.isStorable(name)) {
            throw new IllegalArgumentException("a room's name is at most " + NAME_CHARACTERS_MAX
                    + " characters of Unicode without control characters");
        }
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
        return application + "/" + (isShared() ? "(shared)" : name);
    }
}
