package dev.lockstep.mutation;

import static dev.lockstep.mutation.Results.refused;
import static dev.lockstep.mutation.Results.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.engine.TestEngine;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that are rooms themselves, in a database and in memory. */
@OnEveryEngine
class OwnRoomsTest {
    private static final MutationFixture HIKERS = MutationFixture.in("hikers");
    private static final MutationFixture DIVERS = MutationFixture.in("divers");

    private final TestEngine engine;

    OwnRoomsTest(Supplier<TestEngine> engine) {
        this.engine = engine.get();
    }

    @Test
    @Tag("COL24")
    @DisplayName("[COL24] a row is in the room of its name, alone")
    void alone() {
        engine.together(
                HIKERS.inserts("clubs", "hikers", Map.of("title", "Up")),
                DIVERS.inserts("clubs", "divers", Map.of("title", "Down")));

        assertThat(engine.list("clubs", "hikers"))
                .extracting(Row::json)
                .containsExactly("{\"id\":\"hikers\",\"title\":\"Up\"}");
        assertThat(engine.list("clubs", "divers")).hasSize(1);
        assertThat(engine.list("clubs", "p1")).isEmpty();
        assertThat(engine.commits())
                .extracting(commit -> commit.actions().getFirst().entry().room())
                .containsExactly(new RoomId("workshop", "hikers"), new RoomId("workshop", "divers"));
    }

    @Test
    @Tag("COL24")
    @DisplayName("[COL24] a row is updated and deleted in its own room only")
    void changes() {
        engine.alone(HIKERS.inserts("clubs", "hikers", Map.of("title", "Up")));

        assertThat(row(engine.alone(DIVERS.updates("clubs", "hikers", Map.of("title", "Down")))))
                .isEmpty();
        assertThat(row(engine.alone(DIVERS.deletes("clubs", "hikers")))).isEmpty();
        assertThat(row(engine.alone(HIKERS.updates("clubs", "hikers", Map.of("title", "Upper")))))
                .contains("{\"id\":\"hikers\",\"title\":\"Upper\"}");
        assertThat(row(engine.alone(HIKERS.deletes("clubs", "hikers")))).isPresent();
        assertThat(engine.list("clubs", "hikers")).isEmpty();
    }

    @Test
    @Tag("COL24")
    @DisplayName("[COL24] without an id a row gets the room's name; another id is refused, and so is a row in no room")
    void otherRooms() {
        assertThat(row(engine.alone(HIKERS.inserts("clubs", null, Map.of("title", "Up")))))
                .contains("{\"id\":\"hikers\",\"title\":\"Up\"}");
        for (MutationFixture elsewhere : new MutationFixture[] {HIKERS, MutationFixture.in("")}) {
            assertThat(refused(engine.alone(elsewhere.inserts("clubs", "divers", Map.of())))
                            .refusal())
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID))
                    .satisfies(refusal -> assertThat(refusal.issues())
                            .containsExactly(
                                    new Issue("id", "must be the room's name, because the row is a room of its own")));
        }
        assertThat(engine.stored("clubs", "id")).containsExactly("hikers");
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] a duplicate gets the first answer, also where the server made the id")
    void repeats() {
        MutationFixture asked = HIKERS.identified("m1");

        assertThat(engine.alone(asked.inserts("clubs", null, Map.of("title", "Up"))))
                .satisfies(first -> assertThat(engine.alone(asked.inserts("clubs", null, Map.of("title", "Up"))))
                        .isEqualTo(Results.again(first)));
        assertThat(engine.commits()).hasSize(1);
    }
}
