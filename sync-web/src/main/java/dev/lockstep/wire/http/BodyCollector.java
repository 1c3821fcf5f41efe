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

/** A request's body as it arrives. Used by one thread at a time. */
final class BodyCollector {
    /** What the slowest line is taken to carry. */
    static final int BYTES_A_SECOND_MIN = 16 * 1024;

    /** The size of one collecting array, in bytes. A larger body has several. */
    private static final int PART_BYTES_MAX = 1024 * 1024;

    private static final Logger LOG = System.getLogger(BodyCollector.class.getName());

    private final ReadableByteChannel channel;
    private BodyReservation place;
    private long bytesMax;
    private final Duration arrivalMax;
    private final LongSupplier nanos;
    private final long beganNanos;
    private final List<byte[]> parts = new ArrayList<>();
    private ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private long bytes;

    /** What there is of it. */
    enum Outcome {
        /** It is still arriving. */
        A_PART,
        /** It is here. */
        ALL,
        /** It is larger than what is collected. */
        TOO_LARGE,
        /** There is no room for it. */
        NO_ROOM,
        /** It did not arrive in time. */
        NOT_IN_TIME,
        /** Its client is gone. */
        NO_CLIENT
    }

    /**
     * @param channel gives what has arrived, and does not block
     * @param place where it is held
     * @param bytesMax most bytes that are collected
     * @param arrivalMax how long it may take to arrive, besides what a slow line needs for it
     */
    BodyCollector(
            ReadableByteChannel channel,
            BodyReservation place,
            long bytesMax,
            Duration arrivalMax,
            LongSupplier nanos) {
        this.channel = channel;
        this.place = place;
        this.bytesMax = bytesMax;
        this.arrivalMax = arrivalMax;
        this.nanos = nanos;
        beganNanos = nanos.getAsLong();
    }

    /** Collects what has arrived. */
    Outcome read(ByteBuffer buffer) {
        try {
            int count = channel.read(buffer.clear());
            while (count > 0) {
                if (!place.tryReserve(count)) {
                    return Outcome.NO_ROOM;
                }
                byte[] part = new byte[count];
                buffer.flip().get(part);
                collected.writeBytes(part);
                if (collected.size() >= PART_BYTES_MAX) {
                    endPart();
                }
                bytes += count;
                if (bytes > bytesMax) {
                    place.complete();
                    return Outcome.TOO_LARGE;
                }
                count = channel.read(buffer.clear());
            }
            if (count == 0) {
                return Outcome.A_PART;
            }
            place.complete();
            return Outcome.ALL;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client left before its request had arrived", e);
            return Outcome.NO_CLIENT;
        }
    }

    /** Collects on, in other room that has been taken for all of it. */
    void moveTo(BodyReservation larger, long largerBytesMax) {
        place.release();
        place = larger;
        bytesMax = largerBytesMax;
    }

    /** How long it may still take, by what has arrived so far; nothing, or less, if it is late. */
    long leftNanos() {
        long lineNanos = bytes * TimeUnit.SECONDS.toNanos(1) / BYTES_A_SECOND_MIN;
        return arrivalMax.toNanos() + lineNanos - (nanos.getAsLong() - beganNanos);
    }

    private void endPart() {
        if (collected.size() > 0) {
            parts.add(collected.toByteArray());
            collected = new ByteArrayOutputStream(); // it would keep its array
        }
    }

    /** Hands over what has been collected, in its order. It counts as held until it is let go. */
    List<byte[]> taken() {
        endPart();
        List<byte[]> all = List.copyOf(parts);
        parts.clear();
        return all;
    }

    /** It is not held any more. */
    void release() {
        place.release();
    }
}
