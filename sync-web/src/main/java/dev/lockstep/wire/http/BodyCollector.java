package dev.lockstep.wire.http;

import dev.lockstep.admission.BodyReservation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Buffer that collects a request's body as it arrives. Used by one thread at a time. */
final class BodyCollector {
    /** Slowest line that gets time to send its whole body, in bytes a second. */
    static final int BYTES_A_SECOND_MIN = 16 * 1024;

    /** Size of one buffer array, in bytes. A larger body has several. */
    private static final int PART_BYTES_MAX = 1024 * 1024;

    private static final Logger LOG = System.getLogger(BodyCollector.class.getName());

    private final ReadableByteChannel channel;
    private BodyReservation reservation;
    private long bytesMax;
    private final Duration arrivalMax;
    private final LongSupplier nanos;
    private final long startNanos;
    private final List<byte[]> parts = new ArrayList<>();
    private ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private long bytes;

    /** State of the body after a read. */
    enum Outcome {
        /** More bytes will arrive. */
        INCOMPLETE,
        /** The whole body has arrived. */
        COMPLETE,
        /** The body is larger than the limit. */
        TOO_LARGE,
        /** The budget of request bodies is exhausted. */
        OVER_BUDGET,
        /** The body did not arrive in time. */
        TIMED_OUT,
        /** The client disconnected. */
        CLIENT_GONE
    }

    /**
     * @param channel a non-blocking source of the body's bytes
     * @param reservation the budget for the buffered bytes
     * @param bytesMax most bytes that are buffered
     * @param arrivalMax longest time to arrive, in addition to the allowance for a slow line
     */
    BodyCollector(
            ReadableByteChannel channel,
            BodyReservation reservation,
            long bytesMax,
            Duration arrivalMax,
            LongSupplier nanos) {
        this.channel = channel;
        this.reservation = reservation;
        this.bytesMax = bytesMax;
        this.arrivalMax = arrivalMax;
        this.nanos = nanos;
        startNanos = nanos.getAsLong();
    }

    /** Buffers the bytes that have arrived. */
    Outcome read(ByteBuffer buffer) {
        try {
            int count = channel.read(buffer.clear());
            while (count > 0) {
                if (!reservation.tryReserve(count)) {
                    return Outcome.OVER_BUDGET;
                }
                byte[] part = new byte[count];
                buffer.flip().get(part);
                collected.writeBytes(part);
                if (collected.size() >= PART_BYTES_MAX) {
                    endPart();
                }
                bytes += count;
                if (bytes > bytesMax) {
                    reservation.complete();
                    return Outcome.TOO_LARGE;
                }
                count = channel.read(buffer.clear());
            }
            if (count == 0) {
                return Outcome.INCOMPLETE;
            }
            reservation.complete();
            return Outcome.COMPLETE;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The client disconnected before its request body was complete", e);
            return Outcome.CLIENT_GONE;
        }
    }

    /** Moves the body to a larger reservation, which covers all of it, and continues. */
    void moveTo(BodyReservation larger, long largerBytesMax) {
        reservation.release();
        reservation = larger;
        bytesMax = largerBytesMax;
    }

    /** Time left to arrive, by the bytes that have arrived so far; zero or less if the body is late. */
    long leftNanos() {
        long lineNanos = bytes * TimeUnit.SECONDS.toNanos(1) / BYTES_A_SECOND_MIN;
        return arrivalMax.toNanos() + lineNanos - (nanos.getAsLong() - startNanos);
    }

    private void endPart() {
        if (collected.size() > 0) {
            parts.add(collected.toByteArray());
            collected = new ByteArrayOutputStream(); // reset() would keep the large array
        }
    }

    /** Hands over the buffered bytes, in order. Their reservation lasts until {@link #release}. */
    List<byte[]> takeAll() {
        endPart();
        List<byte[]> all = List.copyOf(parts);
        parts.clear();
        return all;
    }

    /** Releases the reservation. */
    void release() {
        reservation.release();
    }
}
