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
    BULK_DELETE,
    /**
     * Changes of several kinds and collections that commit together. Access rules never see it: each change is checked as a
     * mutation of its own, with its single operation. Hooks and audit events do.
     */
    MIXED
}
