package dev.lockstep.access.chain;

import static dev.lockstep.api.access.CollectionRules.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Access;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.RoomAccess;
import dev.lockstep.api.identity.Memberships;
import dev.lockstep.sample.CellarRule;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Moves of rows to other rooms, by room access. */
class MovesTest {
    private static final Caller ANN = AccessChainFixture.user("ann");

    /** Rights of a caller in a room. */
    private record Role(boolean writes) {}

    private static Change move(String room) {
        return new Change.Update(new CollectionName("errands"), new EntityId("a"), Map.of(), Optional.of(room));
    }

    private static Mutation moved(String from, String to) {
        return new Request(ANN, from).of(Operation.UPDATE, move(to));
    }

    @Test
    @Tag("ACC24")
    @DisplayName("[ACC24] a row cannot move to a room that its caller may not enter, nor can it in a bulk")
    void rooms() {
        try (AccessChainFixture chain = AccessChainFixture.under(
                AccessPolicy.builder().roomAccess(RoomAccess.ownRoom()).build())) {
            String refused =
                    "403 Forbidden: syncId must be 'ann', got 'ben'. The syncId must match the userId exactly.";
            assertThat(chain.refusalText(moved("ann", "ben"))).isEqualTo(refused);
            assertThat(chain.refusalText(moved("ben", "ann"))).isEqualTo(refused);
            assertThat(chain.refusalText(new Request(ANN, "ann").of(Operation.BULK_DELETE, move("ann"), move("ben"))))
                    .isEqualTo(refused);
            assertThat(chain.refusalText(moved("ann", "ann"))).isEqualTo("done");
            assertThat(chain.select(AdmittedMutations.class).admitted()).containsExactly(moved("ann", "ann"));
        }
    }

    @Test
    @Tag("ACC24")
    @DisplayName("[ACC24] with member rooms, rows move among the caller's groups")
    void members() {
        try (AccessChainFixture chain =
                AccessChainFixture.under(AccessPolicy.builder().memberRooms().build())) {
            chain.select(Memberships.class).join("workshop", "ann", "p1");
            assertThat(chain.refusalText(moved("p1", "p2")))
                    .isEqualTo("403 Forbidden: only members may enter this room");
            assertThat(chain.refusalText(moved("p1", "~ann"))).isEqualTo("done");
        }
    }

    @Test
    @Tag("ACC24")
    @DisplayName("[ACC24] access results of one room do not affect the other room")
    void roles() {
        Predicate<Access> writers =
                access -> access.context().get(Role.class).orElseThrow().writes();
        try (AccessChainFixture chain = AccessChainFixture.under(AccessPolicy.builder()
                .roomAccess((user, access) -> {
                    access.context()
                            .put(Role.class, new Role(access.room().name().startsWith("w")));
                    return Optional.empty();
                })
                .rules(rules().collection("errands").otherwise(writers))
                .build())) {
            assertThat(chain.refusalText(moved("w1", "w2"))).isEqualTo("done");
            assertThat(chain.refusalText(moved("w1", "r1")))
                    .isEqualTo("403 Forbidden: update on collection \"errands\"");
            assertThat(chain.refusalText(moved("r1", "w1")))
                    .isEqualTo("403 Forbidden: update on collection \"errands\"");
        }
    }

    @Test
    @Tag("ACC24")
    @DisplayName("[ACC24] an application's own rules are checked in both rooms")
    void ownRules() {
        try (AccessChainFixture chain = AccessChainFixture.without(CellarRule.class)) {
            assertThat(chain.refusalText(moved("p1", "p2"))).isEqualTo("done");
            assertThat(chain.refusalText(moved("p1", "cellar"))).isEqualTo("403 not in the cellar");
        }
    }
}
