package dev.lockstep.wire;

import dev.lockstep.load.Intake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A request's body as it arrives. Used by one thread at a time. */
final class ArrivingBody {
    /** What the slowest line is taken to carry. */
    static final int BYTES_A_SECOND_MIN = 16 * 1024;

    private static final Logger LOG = System.getLogger(ArrivingBody.class.getName());

    private final ReadableByteChannel channel;
    private final Intake.Place place;
    private final Duration arrivalMax;
    private final LongSupplier nanos;
    private final long beganNanos;
    private ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private int bytes;

    /** What there is of it. */
    enum Found {
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
     * @param arrivalMax how long it may take to arrive, besides what a slow line needs for it
     */
    ArrivingBody(ReadableByteChannel channel, Intake.Place place, Duration arrivalMax, LongSupplier nanos) {
        this.channel = channel;
        this.place = place;
        this.arrivalMax = arrivalMax;
        this.nanos = nanos;
        beganNanos = nanos.getAsLong();
    }

    /** Collects what has arrived. */
    Found read(ByteBuffer buffer) {
        try {
            int count = channel.read(buffer.clear());
            while (count > 0) {
                if (!place.take(count)) {
                    return Found.NO_ROOM;
                }
                byte[] part = new byte[count];
                buffer.flip().get(part);
                collected.writeBytes(part);
                bytes += count;
                if (bytes > PlainJson.BODY_BYTES_MAX) {
                    place.settle();
                    return Found.TOO_LARGE;
                }
                count = channel.read(buffer.clear());
            }
            if (count == 0) {
                return Found.A_PART;
            }
            place.settle();
            return Found.ALL;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client left before its request had arrived", e);
            return Found.NO_CLIENT;
        }
    }

    /** How long it may still take, by what has arrived so far; nothing, or less, if it is late. */
    long leftNanos() {
        long lineNanos = bytes * TimeUnit.SECONDS.toNanos(1) / BYTES_A_SECOND_MIN;
        return arrivalMax.toNanos() + lineNanos - (nanos.getAsLong() - beganNanos);
    }

    /** Hands over what has been collected. It counts as held until it is let go. */
    byte[] taken() {
        byte[] all = collected.toByteArray();
        collected = new ByteArrayOutputStream(0); // it would keep its array
        return all;
    }

    /** It is not held any more. */
    void letGo() {
        place.leave();
    }
}
