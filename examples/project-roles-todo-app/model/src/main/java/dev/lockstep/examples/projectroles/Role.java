package dev.lockstep.examples.projectroles;

import java.util.Locale;

/** A member's role in the project; each includes the rights of those before it. */
public enum Role {
    /** Reads and subscribes. */
    VIEWER,
    /** Adds and changes. */
    EDITOR,
    /** Deletes, and gives roles. */
    ADMIN;

    /**
     * The role with the name that pages use.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Role fromString(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The name that pages use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
