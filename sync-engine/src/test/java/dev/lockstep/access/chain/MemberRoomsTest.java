package dev.lockstep.access.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.identity.Memberships;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemberRoomsTest {
    private static final AccessPolicy POLICY =
            AccessPolicy.builder().memberRooms().build();

    private static String entering(AccessChainFixture chain, Optional<String> user, String room) {
        Caller caller = new Caller("workshop", user, Map.of(), Optional.empty());
        RoomAccessRequest request = RoomAccessRequest.toSubscribe(
                caller, new RoomId("workshop", room), Set.of(new CollectionName("tasks")));
        try {
            chain.select(AdmittedReads.class)
                    .view(request)
                    .toCompletableFuture()
                    .join();
            return "in";
        } catch (CompletionException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    @Tag("ACC21")
    @DisplayName("[ACC21] with member rooms a caller may enter their groups, their own room and the shared room")
    void members() {
        try (AccessChainFixture chain = AccessChainFixture.under(POLICY)) {
            Memberships clubs = chain.select(Memberships.class);
            Optional<String> ann = Optional.of("ann");
            clubs.join("workshop", "ann", "chess");
            assertThat(entering(chain, ann, "chess")).isEqualTo("in");
            assertThat(entering(chain, ann, "~ann")).isEqualTo("in");
            assertThat(entering(chain, ann, "ann")).contains("only members may enter"); // that would be a group's
            assertThat(entering(chain, ann, "~bob")).contains("only members may enter");
            assertThat(entering(chain, ann, "")).isEqualTo("in");
            assertThat(entering(chain, ann, "bob")).contains("only members may enter");
            clubs.leave("workshop", "ann", "chess");
            assertThat(entering(chain, ann, "chess")).contains("only members may enter");
            assertThat(entering(chain, Optional.empty(), "")).contains("Unauthorized");
        }
    }

    @Test
    @Tag("ACC21")
    @DisplayName("[ACC21] while the database is unavailable a caller is refused as retryable, not as a non-member")
    void databaseAway() {
        try (AccessChainFixture chain = AccessChainFixture.under(POLICY)) {
            assertThat(entering(chain, Optional.of(InMemoryMemberships.CUT_OFF), "chess"))
                    .contains("UNAVAILABLE");
        }
    }
}
