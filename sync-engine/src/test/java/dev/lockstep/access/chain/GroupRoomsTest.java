package dev.lockstep.access.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.access.GuardedRooms;
import dev.lockstep.access.MemberRooms;
import dev.lockstep.access.MemberRooms.Entered;
import dev.lockstep.api.Access;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.identity.Memberships;
import dev.lockstep.delivery.BacklogReader;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.room.Room;
import dev.lockstep.room.Rooms;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rooms of callers that request groups. Ann is a member of chess, go and closed; no caller may enter closed. */
class GroupRoomsTest {
    private static final Caller ANN = AccessChainFixture.user("ann");

    private final AccessChainFixture chain = AccessChainFixture.under(
            AccessPolicy.builder()
                    .memberRooms()
                    .roomAccess(GroupRoomsTest::refuses)
                    .build(),
            MemberRooms.class,
            GuardedRooms.class,
            PublisherThread.class,
            BacklogReader.class,
            Rooms.class,
            Room.class);

    /** The result of a rule for a room. */
    private record Found(String room) {}

    private static Optional<Refusal> refuses(String user, Access access) {
        String room = access.room().name();
        boolean isOfAnother =
                !access.context().get(Found.class, () -> new Found(room)).room().equals(room);
        return isOfAnother || room.equals("closed") ? Optional.of(Refusal.forbidden("Forbidden")) : Optional.empty();
    }

    @BeforeEach
    void join() {
        List.of("chess", "closed", "go")
                .forEach(group -> chain.select(Memberships.class).join("workshop", "ann", group));
    }

    @AfterEach
    void close() {
        chain.close();
    }

    private Entered enter(Caller caller, String... groups) {
        return chain.select(MemberRooms.class)
                .enter(
                        caller,
                        Operation.SUBSCRIBE,
                        groups.length == 0 ? Optional.empty() : Optional.of(List.of(groups)),
                        Set.of(new CollectionName("tasks")),
                        new AccessContext())
                .toCompletableFuture()
                .join();
    }

    private static List<String> rooms(Entered entered) {
        return entered.capability().rooms().stream().map(RoomId::name).toList();
    }

    @Test
    @Tag("STR18")
    @Tag("ACC24")
    @DisplayName(
            "[STR18][ACC24] without requested groups the caller joins all of their groups, and access results of one group do not affect another")
    void all() {
        Entered entered = enter(ANN);

        assertThat(entered.groups()).containsExactlyInAnyOrder("chess", "go", "ann");
        assertThat(rooms(entered))
                .containsExactlyInAnyOrder("chess", "go", "~ann"); // no group is named like her own room
    }

    @Test
    @Tag("STR18")
    @DisplayName("[STR18] groups are joined in the requested order, each once, and groups of others are not joined")
    void some() {
        Entered entered = enter(ANN, "go", "bobs", "closed", "chess", "go");

        assertThat(entered.groups()).containsExactly("go", "chess");
        assertThat(rooms(entered)).containsExactly("go", "chess", "~ann");
    }

    @Test
    @Tag("STR18")
    @DisplayName("[STR18] a caller without groups receives shared rows and changes of their own rights")
    void none() {
        Entered entered = enter(ANN, "bobs", "closed");

        assertThat(entered.groups()).isEmpty();
        assertThat(rooms(entered)).contains("~ann").doesNotContain("bobs", "closed");
        assertThat(entered.capability()
                        .rowFilter(RoomId.own("workshop", "ann"), new CollectionName("tasks"))
                        .orElseThrow())
                .rejects(new Row(new CollectionName("tasks"), new EntityId("any"), "{}"));
    }

    @Test
    @Tag("STR18")
    @DisplayName("[STR18] an anonymous caller joins no groups")
    void anonymous() {
        assertThatThrownBy(() -> enter(Caller.anonymous("workshop")))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(SyncException.class);
    }
}
