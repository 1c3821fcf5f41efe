package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.stored.Draft;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows with a version. */
@OnEveryDatabase
class VersionsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p");

    private final TestDatabase database;
    private EngineFixture engine;

    VersionsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    void make() {
        database.execute("drop table if exists workshop_drafts");
        database.execute(Draft.TABLE);
        engine = new EngineFixture(database.with(Draft.class), TestDatabase.collectionsOf(Draft.class));
    }

    @AfterEach
    void drop() {
        database.execute("drop table workshop_drafts");
    }

    private void assertToldIsStored() {
        assertThat(engine.replayed("drafts", "p").values())
                .containsExactlyInAnyOrderElementsOf(engine.json("drafts", "p"));
    }

    @Test
    @Tag("COL28")
    @Tag("CW3")
    @DisplayName("[COL28][CW3] the version in answer, frame and list is the stored one, also in one batch")
    void stored() {
        List<MutationResult> answers = engine.together(
                IN_ROOM.inserts("drafts", "d", Map.of("text", "a", "version", 99L)),
                IN_ROOM.updates("drafts", "d", Map.of("text", "b")),
                IN_ROOM.updates("drafts", "d", Map.of("text", "c")),
                IN_ROOM.archives("drafts", "d", Instant.EPOCH));

        assertThat(answers).allMatch(Results::isApplied);
        assertThat(answers)
                .extracting(answer -> Results.row(answer).orElseThrow().replaceAll(".*\"version\":(\\d+).*", "$1"))
                .containsExactly("0", "1", "2", "3");
        assertToldIsStored();
    }

    @Test
    @Tag("COL28")
    @Tag("CW3")
    @DisplayName("[COL28][CW3] an update that names another version than the row's is refused with the current row")
    void stale() {
        engine.together(
                IN_ROOM.inserts("drafts", "d", Map.of("text", "a")),
                IN_ROOM.updates("drafts", "d", Map.of("text", "b")));

        MutationFixture identified = IN_ROOM.identified("stale");
        Refusal refusal = Results.refused(
                        engine.alone(identified.updates("drafts", "d", Map.of("text", "stale", "version", 0L))))
                .refusal();

        assertThat(refusal.code()).isEqualTo(ErrorCode.STALE);
        assertThat(refusal.current().orElseThrow().json())
                .isEqualTo(engine.json("drafts", "p").getFirst())
                .contains("\"text\":\"b\",\"version\":1");
        // A duplicate is evaluated again, because its answer is the current row.
        assertThat(Results.code(
                        engine.alone(identified.updates("drafts", "d", Map.of("text", "stale", "version", 0L)))))
                .isEqualTo(ErrorCode.STALE);
        assertThat(engine.alone(IN_ROOM.updates("drafts", "d", Map.of("text", "c", "version", 1L))))
                .matches(Results::isApplied);
        assertToldIsStored();
    }

    @Test
    @Tag("COL28")
    @Tag("CW3")
    @DisplayName(
            "[COL28][CW3] of two updates of one batch that name the same version, the first wins; one without a version wins")
    void sameVersion() {
        engine.alone(IN_ROOM.inserts("drafts", "d", Map.of("text", "a")));

        List<MutationResult> answers = engine.together(
                IN_ROOM.updates("drafts", "d", Map.of("text", "first", "version", 0L)),
                IN_ROOM.updates("drafts", "d", Map.of("text", "second", "version", 0L)),
                IN_ROOM.updates("drafts", "d", Map.of("text", "third")));

        assertThat(answers.get(0)).matches(Results::isApplied);
        assertThat(Results.code(answers.get(1))).isEqualTo(ErrorCode.STALE);
        assertThat(answers.get(2)).matches(Results::isApplied);
        assertThat(engine.json("drafts", "p").getFirst()).contains("\"text\":\"third\",\"version\":2");
        assertToldIsStored();
    }

    @Test
    @Tag("COL28")
    @Tag("CW3")
    @DisplayName("[COL28][CW3] a value that is no version is refused by the field's name")
    void noVersion() {
        engine.alone(IN_ROOM.inserts("drafts", "d", Map.of("text", "a")));

        Refusal refusal = Results.refused(
                        engine.alone(IN_ROOM.updates("drafts", "d", Map.of("text", "b", "version", "one"))))
                .refusal();

        assertThat(refusal.issues()).containsExactly(new Refusal.Issue("version", "expected integer, received string"));
    }
}
