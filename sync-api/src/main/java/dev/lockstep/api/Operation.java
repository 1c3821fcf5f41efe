package dev.lockstep.api;

/** The kind of a request, as access rules name it. */
public enum Operation {
    /** Lists, catch-up, bootstrap and pull. */
    READ,
    /** Live delivery of a room's commits. */
    SUBSCRIBE,
    INSERT,
    UPDATE,
    DELETE,
    /** Archives a row; without a rule of its own, the rule of {@link #UPDATE} applies. */
    ARCHIVE,
    /** Ends the archiving of a row; without a rule of its own, the rule of {@link #UPDATE} applies. */
    UNARCHIVE,
    /** Appends events to a store. */
    APPEND,
    BULK_INSERT,
    BULK_UPDATE,
    BULK_DELETE
}
