package dev.lockstep.examples.projectroles;

import java.util.Locale;

/** What a member may do in the project; each may do what those before may, too. */
public enum Role {
    /** Reads and follows. */
    VIEWER,
    /** Adds and changes. */
    EDITOR,
    /** Deletes, and gives roles. */
    ADMIN;

    /**
     * The role that pages call so.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Role fromString(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** What pages call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
