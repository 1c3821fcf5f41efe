package dev.lockstep.wire.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * The heartbeat of one session in both directions: the pings of the server, the answers to pings of the client, and the time
 * of the last message from the client. Thread-safe.
 */
final class Heartbeat {
    /**
     * Most answers to pings that wait for the write before them. One more ping shares the answer to an earlier one.
     */
    static final int PONGS_MAX = 16;

    private final SocketLimits limits;
    private final Queue<Frame> pongs = new ArrayBlockingQueue<>(PONGS_MAX);
    private volatile long receivedNanos;
    private volatile boolean isPingDue;
    private long pingedNanos; // the sweep's

    Heartbeat(SocketLimits limits, long nowNanos) {
        this.limits = limits;
        this.receivedNanos = nowNanos;
        this.pingedNanos = nowNanos;
    }

    /** The client has sent something, perhaps only the answer to a ping. */
    void received(long nowNanos) {
        receivedNanos = nowNanos;
    }

    /** Whether the client has sent nothing for longer than it may. */
    boolean isSilent(long nowNanos) {
        return nowNanos - receivedNanos > limits.idleTimeout().toNanos();
    }

    /** Whether the time for the next ping has come; then {@link #takePing} is true once. */
    boolean isPingDue(long nowNanos) {
        if (nowNanos - pingedNanos < limits.pingInterval().toNanos()) {
            return false;
        }
        pingedNanos = nowNanos;
        isPingDue = true;
        return true;
    }

    /** Whether {@link #takePing} is true. */
    boolean isPingDue() {
        return isPingDue;
    }

    /** Whether a ping is to leave now. Called by one thread at a time. */
    boolean takePing() {
        boolean due = isPingDue;
        isPingDue = false;
        return due;
    }

    /** Adds the answer to a ping that the client has sent as a message. */
    void pong(Frame answer) {
        pongs.offer(answer);
    }

    /** Whether an answer is to leave. */
    boolean hasPongs() {
        return !pongs.isEmpty();
    }

    /** The answers that are to leave now. Called by one thread at a time. */
    List<Frame> takePongs() {
        Frame next = pongs.poll();
        if (next == null) {
            return List.of();
        }
        List<Frame> all = new ArrayList<>(1);
        while (next != null) {
            all.add(next);
            next = pongs.poll();
        }
        return all;
    }
}
