package dev.lockstep.collection.mapping;

/** The role of a field. Clients write only {@link #DATA}, with few exceptions. */
public enum Role {
    ID,
    ROOM,
    OWNER,
    CREATED_AT,
    UPDATED_AT,
    ARCHIVED_AT,
    DELETED_AT,
    VERSION,
    DATA
}
