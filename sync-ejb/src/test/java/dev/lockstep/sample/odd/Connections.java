package dev.lockstep.sample.odd;

import dev.lockstep.api.Operation;
import dev.lockstep.api.entity.CompositeKey;
import dev.lockstep.api.entity.Loading;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** Keys that no rows can be known by. */
public final class Connections {
    private Connections() {}

    /** Deleted ones stay, and keep their ids. */
    @SyncCollection("things")
    @CompositeKey("title")
    public static class Soft extends SyncRow {
        @Nullable
        String title;
    }

    /** Has no field but numbers. */
    static class Numbered {
        @Id
        @Nullable
        String id;

        int number;
    }

    /** No field at all. */
    @SyncCollection("things")
    @CompositeKey({})
    public static class OfNothing extends Numbered {}

    /** A field that is not there. */
    @SyncCollection("things")
    @CompositeKey("other")
    public static class OfUnknown extends Numbered {}

    /** A field that is no text. */
    @SyncCollection("things")
    @CompositeKey("number")
    public static class OfNumbers extends Numbered {}

    /** Rows that clients load by a field that is no text. */
    @SyncCollection("things")
    @Loading(value = Loading.Strategy.LAZY, keys = "number")
    public static class LoadedByNumber extends Numbered {}

    /** Wants to be archived, and has nowhere to say so. */
    @SyncCollection(
            value = "things",
            operations = {Operation.INSERT, Operation.ARCHIVE})
    public static class Archived extends Numbered {}
}
