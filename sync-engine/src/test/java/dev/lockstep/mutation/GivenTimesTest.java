package dev.lockstep.mutation;

import static dev.lockstep.mutation.Results.refused;
import static dev.lockstep.mutation.Results.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows whose clients set their creation times. */
@OnEveryDatabase
class GivenTimesTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");
    private static final String GIVEN = "\"createdAt\":\"2020-02-29T12:00:00.500Z\"";
    private static final long GIVEN_MILLIS = 1_582_977_600_500L;

    private final EngineFixture engine;

    GivenTimesTest(TestDatabase database) {
        engine = new EngineFixture(database.emptied());
    }

    private String inserted(Map<String, @Nullable Object> fields) {
        return row(engine.alone(IN_ROOM.inserts("errands", null, fields))).orElseThrow();
    }

    @Test
    @Tag("COL21")
    @DisplayName("[COL21] the client's creation time is kept, as milliseconds or as text; the rest is the server's")
    void kept() {
        assertThat(inserted(Map.of("createdAt", GIVEN_MILLIS)))
                .contains(GIVEN, "\"updatedAt\":\"2026-11-21T01:02:03.004Z\"");
        assertThat(inserted(Map.of("createdAt", "2020-02-29T13:00:00.500+01:00", "updatedAt", 0L)))
                .contains(GIVEN, "\"updatedAt\":\"2026-11-21T01:02:03.004Z\"");
        assertThat(engine.json("errands", "p1")).hasSize(2).allMatch(json -> json.contains(GIVEN));
    }

    @Test
    @Tag("COL21")
    @DisplayName("[COL21] without a client's time the server's time is used")
    void missing() {
        Map<String, @Nullable Object> none = new HashMap<>();
        none.put("createdAt", null);

        assertThat(inserted(none)).contains("\"createdAt\":\"2026-11-21T01:02:03.004Z\"");
        assertThat(inserted(Map.of())).contains("\"createdAt\":\"2026-11-21T01:02:03.004Z\"");
    }

    @Test
    @Tag("COL21")
    @DisplayName("[COL21] an invalid time is refused, and an update does not change it")
    void unchanged() {
        assertThat(refused(engine.alone(IN_ROOM.inserts("errands", "a", Map.of("createdAt", "yesterday"))))
                        .refusal()
                        .issues())
                .containsExactly(
                        new Issue("createdAt", "expected date and time with its zone, as in 2026-11-21T08:30:00Z"));
        engine.alone(IN_ROOM.inserts("errands", "a", Map.of("createdAt", GIVEN_MILLIS)));
        assertThat(row(engine.alone(IN_ROOM.updates("errands", "a", Map.of("createdAt", 0L, "title", "t")))))
                .hasValueSatisfying(json -> assertThat(json).contains(GIVEN, "\"title\":\"t\""));
    }
}
