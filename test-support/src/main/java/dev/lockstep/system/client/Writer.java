package dev.lockstep.system.client;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A client that sends one mutation after the other, and repeats those without an answer. For one thread at a time. */
public final class Writer {
    private static final int BULK_ROWS = 5;
    private static final int EVERY_NTH_IS_BULK = 4;

    private final String collection;
    private final String name;
    private final List<InsertRequest> acknowledged = new CopyOnWriteArrayList<>();
    private int number;
    private @Nullable InsertRequest unanswered;

    /**
     * A writer.
     *
     * @param collection the path of the collection that it adds to
     * @param name the unique prefix of its titles
     */
    public Writer(String collection, String name) {
        this.collection = collection;
        this.name = name;
    }

    /** Sends new mutations until it is stopped or the server stops answering; before them, those without an answer. */
    public void writeWhile(Api api, BooleanSupplier condition) {
        try {
            while (condition.getAsBoolean()) {
                write(api);
            }
        } catch (UncheckedIOException serverGone) {
            return; // its last mutation is still unanswered
        }
    }

    /** Repeats mutations without an answer until they have one. */
    public void catchUp(Api api) {
        if (unanswered != null) {
            write(api);
        }
    }

    private void write(Api api) {
        InsertRequest asked = unanswered == null ? next() : unanswered;
        unanswered = asked;
        asked.untilDone(api);
        acknowledged.add(asked);
        unanswered = null;
    }

    private InsertRequest next() {
        number++;
        String mark = name + "-" + number;
        return number % EVERY_NTH_IS_BULK == 0
                ? InsertRequest.bulk(collection, mark, BULK_ROWS)
                : InsertRequest.single(collection, mark);
    }

    /** The mutations that were answered as done. Readable while it writes. */
    public List<InsertRequest> acknowledged() {
        return acknowledged;
    }

    /** The titles of mutations without an answer; empty if there are none. */
    public List<String> unansweredTitles() {
        return unanswered == null ? List.of() : unanswered.titles();
    }
}
