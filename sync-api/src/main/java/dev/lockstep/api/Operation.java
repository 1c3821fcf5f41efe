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
    BULK_INSERT,
    BULK_UPDATE,
    BULK_DELETE
}
