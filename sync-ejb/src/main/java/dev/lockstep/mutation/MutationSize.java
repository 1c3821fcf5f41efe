package dev.lockstep.mutation;

import dev.lockstep.api.Change;
import dev.lockstep.api.Mutation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much memory a mutation takes while it waits, in characters. An estimate: what counts is that it grows with it. */
final class MutationSize {
    /** What any value, key or change costs beside its text. */
    private static final int EACH = 32;

    private MutationSize() {}

    static long characters(Mutation mutation) {
        long characters = EACH;
        for (Change change : mutation.changes()) {
            characters += EACH
                    + switch (change) {
                        case Change.Insert insert -> of(insert.fields());
                        case Change.Update update -> of(update.fields());
                        case Change.Delete delete -> delete.id().value().length();
                        case Change.Archive archive -> archive.id().value().length();
                        case Change.Unarchive unarchive ->
                            unarchive.id().value().length();
                    };
        }
        return characters;
    }

    private static long of(@Nullable Object value) {
        long characters = EACH;
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
