package dev.lockstep.room;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Seq;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A subscriber that reads on request, and records. */
final class RecordingSubscriber implements RoomSubscriber {
    private @Nullable Joined beginning;
    private final List<RoomMessage> messages = new ArrayList<>();
    private int calls;

    @Override
    public void onJoined(Joined at) {
        if (beginning != null) {
            throw new AssertionError("joined twice");
        }
        beginning = at;
    }

    @Override
    public void onAvailable() {
        calls++;
    }

    @Override
    public void onMessage(RoomMessage message) {
        messages.add(message);
    }

    /** The messages that it was handed, oldest first. */
    List<RoomMessage> messages() {
        return messages;
    }

    boolean hasJoined() {
        return beginning != null;
    }

    Joined beginning() {
        if (beginning == null) {
            throw new AssertionError("has not joined");
        }
        return beginning;
    }

    Seq position() {
        return beginning().position();
    }

    /** The first frame number of the collection "tasks"; 0 if there was none. */
    long frameNumber() {
        return beginning().frameNumbers().getOrDefault(new CollectionName("tasks"), 0L);
    }

    Map<CollectionName, Long> frameNumbers() {
        return beginning().frameNumbers();
    }

    /** The number of notifications. */
    int calls() {
        return calls;
    }

    /** Reads all deliveries. */
    List<Long> read() {
        List<Long> seqs = new ArrayList<>();
        while (beginning().feed().next() instanceof Feed.Next.Ready ready) {
            seqs.add(ready.encoded().seq().value());
        }
        return seqs;
    }
}
