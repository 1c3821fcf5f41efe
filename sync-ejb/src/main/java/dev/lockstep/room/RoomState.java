package dev.lockstep.room;

/** The life of a room. */
public enum RoomState {
    /** Somebody wants to follow it; its frame numbers are being read. */
    OPENING,
    /** Its followers hear of every commit. */
    OPEN,
    /** Nobody follows it any more; the instance is done with. */
    CLOSED;

    boolean mayBecome(RoomState next) {
        return next.compareTo(this) > 0;
    }
}
