package dev.lockstep.sample.odd;

import dev.lockstep.api.Operation;
import dev.lockstep.api.entity.CompositeKey;
import dev.lockstep.api.entity.Loading;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** Invalid composite keys. */
public final class Connections {
    private Connections() {}

    /** Invalid: deleted softly, so that their ids stay in use. */
    @SyncCollection("things")
    @CompositeKey("title")
    public static class Soft extends SyncRow {
        @Nullable
        String title;
    }

    /** A key of a number only. */
    static class Numbered {
        @Id
        @Nullable
        String id;

        int number;
    }

    /** A key without fields. */
    @SyncCollection("things")
    @CompositeKey({})
    public static class OfNothing extends Numbered {}

    /** A key of an unknown field. */
    @SyncCollection("things")
    @CompositeKey("other")
    public static class OfUnknown extends Numbered {}

    /** A key of a field that is not a text. */
    @SyncCollection("things")
    @CompositeKey("number")
    public static class OfNumbers extends Numbered {}

    /** Invalid: loaded by a field that is not a text. */
    @SyncCollection("things")
    @Loading(value = Loading.Strategy.LAZY, keys = "number")
    public static class LoadedByNumber extends Numbered {}

    /** Invalid: archiving without a field for it. */
    @SyncCollection(
            value = "things",
            operations = {Operation.INSERT, Operation.ARCHIVE})
    public static class Archived extends Numbered {}
}
