package dev.lockstep.mutation;

import dev.lockstep.api.Change;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.StoreEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Estimates the memory of a queued mutation, in characters. The estimate need not be exact, only proportional. */
final class MutationSize {
    /** The overhead of each value, key and change. */
    private static final int OVERHEAD = 32;

    private MutationSize() {}

    static long characters(Mutation mutation) {
        long characters = OVERHEAD;
        for (Change change : mutation.changes()) {
            characters += OVERHEAD
                    + switch (change) {
                        case Change.Insert insert -> of(insert.fields());
                        case Change.Update update -> of(update.fields());
                        case Change.Delete delete -> delete.id().value().length();
                        case Change.Archive archive -> archive.id().value().length();
                        case Change.Unarchive unarchive ->
                            unarchive.id().value().length();
                        case Change.Append append -> of(append);
                    };
        }
        return characters;
    }

    private static long of(Change.Append append) {
        long characters = 0;
        for (StoreEvent event : append.events()) {
            characters += OVERHEAD + event.name().length() + event.args().length();
        }
        return characters;
    }

    private static long of(@Nullable Object value) {
        long characters = OVERHEAD;
        if (value instanceof String text) {
            characters += text.length();
        } else if (value instanceof List<?> list) {
            for (Object item : list) {
                characters += of(item);
            }
        } else if (value instanceof Map<?, ?> members) {
            for (Map.Entry<?, ?> member : members.entrySet()) {
                characters += of(member.getKey()) + of(member.getValue());
            }
        }
        return characters;
    }
}
