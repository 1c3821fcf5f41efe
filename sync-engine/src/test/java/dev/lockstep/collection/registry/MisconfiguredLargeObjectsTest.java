package dev.lockstep.collection.registry;

import static dev.lockstep.collection.registry.Misconfigurations.assertWrong;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Lob;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Large objects within other values, whose columns are not compared with the table. */
class MisconfiguredLargeObjectsTest {
    @Embeddable
    static class Chapter {
        @Lob
        @Nullable
        String text;
    }

    @SyncCollection("things")
    static class Novel extends SyncRow {
        @Embedded
        @Nullable
        Chapter first;
    }

    @SyncCollection("things")
    static class Diary extends SyncRow {
        @Lob
        @ElementCollection
        List<String> days = List.of();
    }

    @SyncCollection("things")
    static class Trilogy extends SyncRow {
        @ElementCollection
        List<Chapter> chapters = List.of();
    }

    @Test
    @Tag("COL26")
    @DisplayName("[COL26] @Lob within an embeddable or an element collection")
    void within() {
        String member =
                "has the field '%s' with @Lob on its member 'text', which PostgreSQL would store as the number of a"
                        + " large object: remove @Lob.";
        assertWrong(Novel.class, member.formatted("first"));
        assertWrong(Trilogy.class, member.formatted("chapters"));
        assertWrong(
                Diary.class,
                "has the field 'days' with @ElementCollection and @Lob, whose items PostgreSQL would store as numbers of"
                        + " large objects: remove @Lob.");
    }
}
