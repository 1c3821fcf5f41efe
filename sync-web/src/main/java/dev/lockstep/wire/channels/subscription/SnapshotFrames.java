package dev.lockstep.wire.channels.subscription;

import dev.lockstep.api.EntityId;
import dev.lockstep.wire.channels.frame.UnversionedFrames;
import dev.lockstep.wire.socket.Frame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The first frames of a client 1.x, those in turn that leave together. The greatest stamp of the rows that the client has is its
 * position, and it may lose its connection at any time. So the rows are in the order of their stamps, and the deletes leave with
 * the only page of rows, or before the first of several. Confined to one thread at a time; blocks while rows are read.
 */
public final class SnapshotFrames implements Iterator<List<Frame>> {
    /** Most deletes in one frame. */
    static final int DELETES_MAX = 1000;

    private final String channel;
    private final RowPages rows;
    private final List<EntityId> gone;
    private final boolean isDelta;
    private boolean hasBegun;

    /**
     * Frames of which none was made.
     *
     * @param isDelta whether the client keeps its rows
     * @param gone the rows that were deleted
     */
    public SnapshotFrames(String channel, boolean isDelta, RowPages rows, List<EntityId> gone) {
        this.channel = channel;
        this.isDelta = isDelta;
        this.rows = rows;
        this.gone = List.copyOf(gone);
    }

    @Override
    public boolean hasNext() {
        return !hasBegun || rows.hasNext();
    }

    @Override
    public List<Frame> next() {
        List<Frame> frames = new ArrayList<>();
        if (!hasBegun) {
            frames.add(UnversionedFrames.snapshot(channel, isDelta ? "" : rows.next(), isDelta));
        }
        List<Frame> added = hasBegun || isDelta ? added() : List.of();
        if (!hasBegun && rows.hasNext()) {
            frames.addAll(deletes());
        }
        frames.addAll(added);
        if (!hasBegun && !rows.hasNext()) {
            frames.addAll(deletes());
        }
        hasBegun = true;
        return frames;
    }

    private List<Frame> added() {
        return rows.hasNext()
                ? List.of(UnversionedFrames.rows(
                        channel, rows.next(UnversionedFrames.ROW_BEFORE, UnversionedFrames.ROW_AFTER)))
                : List.of();
    }

    private List<Frame> deletes() {
        List<Frame> deletes = new ArrayList<>();
        for (int from = 0; from < gone.size(); from += DELETES_MAX) {
            int end = Math.min(from + DELETES_MAX, gone.size());
            deletes.add(UnversionedFrames.deletes(channel, gone.subList(from, end)));
        }
        return deletes;
    }
}
