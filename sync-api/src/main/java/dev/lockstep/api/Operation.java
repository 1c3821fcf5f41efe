package dev.lockstep.api;

/** The kind of thing a caller asks for, as access rules name it. */
public enum Operation {
    /** List, catch-up, bootstrap, pull. */
    READ,
    /** Following a room live. */
    SUBSCRIBE,
    INSERT,
    UPDATE,
    DELETE,
    /** Marking a row as put away; where it has no rule of its own, that of {@link #UPDATE} holds. */
    ARCHIVE,
    /** Taking such a mark away; the same. */
    UNARCHIVE,
    BULK_INSERT,
    BULK_UPDATE,
    BULK_DELETE
}
