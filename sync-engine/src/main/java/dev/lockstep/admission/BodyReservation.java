package dev.lockstep.admission;

/** Memory reserved for one request body, while it arrives and is processed. */
public interface BodyReservation {
    /** Reserves more bytes; false if they are not available. */
    boolean tryReserve(int more);

    /** The body has arrived and can no longer be evicted. */
    void complete();

    /** Releases the memory. Idempotent. */
    void release();
}
