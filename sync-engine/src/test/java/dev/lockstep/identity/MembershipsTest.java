package dev.lockstep.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.identity.Memberships;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.delivery.PublisherFixture;
import dev.lockstep.log.Action;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.LogEntry;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes of memberships, and their notifications. */
@OnEveryDatabase
class MembershipsTest {
    private static final int WAIT_SECONDS_MAX = 30;

    private final TestDatabase database;
    private final PublisherFixture here;
    private final PublisherFixture there;
    private final BlockingQueue<String> receivedHere = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> receivedThere = new LinkedBlockingQueue<>();

    MembershipsTest(TestDatabase database) {
        this.database = database;
        here = new PublisherFixture(database.emptied(), RightsChanges.class, StoredMemberships.class, Clock.class);
        there = new PublisherFixture(database, RightsChanges.class, StoredMemberships.class, Clock.class);
    }

    @BeforeEach
    void listen() {
        here.select(RightsChanges.class)
                .listen((application, subject) -> receivedHere.add(application + "/" + subject));
        there.select(RightsChanges.class)
                .listen((application, subject) -> receivedThere.add(application + "/" + subject));
    }

    @AfterEach
    void stop() {
        here.close();
        there.close();
    }

    private Memberships memberships() {
        return here.select(Memberships.class);
    }

    private List<Action> logged() {
        return database.transactions()
                .run(scope -> new ActionLog()
                        .readAfter(scope.connection(), Seq.START, 100).stream()
                                .flatMap(commit -> commit.actions().stream())
                                .toList());
    }

    @Test
    @Tag("ACC22")
    @DisplayName(
            "[ACC22] joining and leaving reach all nodes by an action in the user's own room; no change, no action")
    void notified() throws InterruptedException {
        memberships().join("workshop", "ann", "chess");
        memberships().join("workshop", "ann", "go");
        memberships().join("workshop", "ann", "chess");
        assertThat(memberships().groupsOf("workshop", "ann")).containsExactly("chess", "go");
        memberships().leave("workshop", "ann", "chess");
        memberships().leave("workshop", "ann", "chess");
        assertThat(memberships().groupsOf("workshop", "ann")).containsExactly("go");
        assertThat(memberships().groupsOf("workshop", "bob")).isEmpty();

        assertThat(logged()).hasSize(3).allSatisfy(action -> {
            assertThat(action.entry().kind()).isEqualTo(LogEntry.Kind.RIGHTS);
            assertThat(action.entry().room()).isEqualTo(RoomId.own("workshop", "ann"));
            assertThat(action.number()).isZero();
        });
        for (int i = 0; i < 3; i++) {
            assertThat(receivedHere.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("workshop/ann");
            assertThat(receivedThere.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("workshop/ann");
        }
        assertThat(receivedHere).isEmpty();
    }

    @Test
    @Tag("ACC19")
    @DisplayName("[ACC19] changed rights reach all nodes, each time; a new node receives no old changes")
    void rights() throws InterruptedException {
        RightsChanges rights = here.select(RightsChanges.class);
        rights.changed("workshop", "ann");
        rights.changed("workshop", "with\u0007bell");
        for (BlockingQueue<String> received : List.of(receivedHere, receivedThere)) {
            assertThat(received.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("workshop/ann");
            assertThat(received.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("workshop/with\u0007bell");
        }
        BlockingQueue<String> receivedLater = new LinkedBlockingQueue<>();
        try (PublisherFixture later = new PublisherFixture(database, RightsChanges.class, Clock.class)) {
            later.select(RightsChanges.class).listen((application, subject) -> receivedLater.add(subject));
            rights.changed("workshop", "bob");
            assertThat(receivedLater.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("bob");
        }
    }

    @Test
    @Tag("ACC22")
    @DisplayName("[ACC22] a group that cannot be a room is refused, and nothing is sent")
    void impossible() {
        assertThatThrownBy(() -> memberships().join("workshop", "ann", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> memberships().join("workshop", "ann", "with\u0007bell"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(logged()).isEmpty();
    }

    @Test
    @Tag("ACC22")
    @DisplayName("[ACC22] a user's own room has no members")
    void ownRooms() {
        assertThatThrownBy(() -> memberships().join("workshop", "ben", "~ann"))
                .hasMessageContaining("does not begin with '~'");
    }
}
