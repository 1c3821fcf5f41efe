package dev.lockstep.odd.oracle;

import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.odd.random.OddCollection.Trait;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The ids that clients choose for new rows. */
final class ChosenIds {
    private ChosenIds() {}

    /**
     * The id of a row.
     *
     * @param scope the name of the run or room whose rows are numbered
     */
    static String of(OddCollection collection, String scope, int row) {
        String text = scope + "-" + row;
        if (collection.is(Trait.UUID_IDS)) {
            return uuid(text).toString();
        }
        return collection.is(Trait.NUMBER_IDS)
                ? Long.toString(uuid(text).getMostSignificantBits()) // usually beyond 2^53, and as often below 0
                : text;
    }

    private static UUID uuid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
