package dev.lockstep.room;

/** The life cycle of a room. */
enum RoomState {
    /** It has subscribers, and its frame numbers are being read. */
    OPENING,
    /** Its subscribers receive every commit. */
    OPEN,
    /** It has no more subscribers; the instance is no longer used. */
    CLOSED;

    boolean mayBecome(RoomState next) {
        return next.compareTo(this) > 0;
    }
}
