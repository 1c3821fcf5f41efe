package dev.lockstep.admission;

/** Room for one body, while it arrives and is worked on. */
public interface BodyReservation {
    /** Whether there is room for so many bytes more, which is taken then. */
    boolean tryReserve(int more);

    /** The body has arrived; it is not evicted any more. */
    void complete();

    /** The room is free again. More than once is the same as once. */
    void release();
}
