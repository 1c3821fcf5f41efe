package dev.lockstep.access.chain;

import static dev.lockstep.api.access.CollectionRules.ALLOW;
import static dev.lockstep.api.access.CollectionRules.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Condition;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.Ownership;
import dev.lockstep.api.access.RoomAccess;
import dev.lockstep.sample.SamplePolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Room and owner checks of a policy. */
class PolicyTest {
    private static final Caller USER = AccessChainFixture.user("user");
    private static final Operation ANY = Operation.UPDATE;
    private static final String UNAUTHORIZED = "401 Unauthorized";

    private static String refusalText(AccessPolicy.Builder policy, Mutation mutation) {
        try (AccessChainFixture chain = AccessChainFixture.under(policy.build())) {
            String words = chain.refusalText(mutation);
            assertThat(chain.select(AdmittedMutations.class).admitted()).hasSize(words.equals("done") ? 1 : 0);
            return words;
        }
    }

    private static AccessPolicy.Builder policy() {
        return AccessPolicy.builder();
    }

    @Test
    @Tag("ACC4")
    @DisplayName("[ACC4] an anonymous caller is refused where the policy requires authentication")
    void authentication() {
        assertThat(refusalText(
                        policy().requireAuthentication(), Request.anonymous().of(ANY, "tasks")))
                .isEqualTo(UNAUTHORIZED);
        assertThat(refusalText(
                        policy().requireAuthentication(), Request.by(USER).of(ANY, "tasks")))
                .isEqualTo("done");
        assertThat(refusalText(policy(), Request.anonymous().of(ANY, "tasks"))).isEqualTo("done");
    }

    @Test
    @Tag("ACC5")
    @DisplayName("[ACC5] by default a caller may enter the room of their own name, and an anonymous caller none")
    void ownRoom() {
        AccessPolicy.Builder own = policy().roomAccess(RoomAccess.ownRoom());
        assertThat(refusalText(own, new Request(USER, "user").of(ANY, "tasks"))).isEqualTo("done");
        assertThat(refusalText(own, new Request(USER, "admin").of(ANY, "tasks")))
                .isEqualTo("403 Forbidden: syncId must be 'user', got 'admin'. The syncId must match the userId"
                        + " exactly.");
        assertThat(refusalText(own, Request.anonymous().of(ANY, "tasks"))).isEqualTo(UNAUTHORIZED);
    }

    @Test
    @Tag("ACC5")
    @DisplayName("[ACC5] the caller's own room may have a prefix")
    void prefix() {
        AccessPolicy.Builder own = policy().roomAccess(RoomAccess.ownRoom("p:"));
        assertThat(refusalText(own, new Request(USER, "p:user").of(ANY, "tasks")))
                .isEqualTo("done");
        assertThat(refusalText(own, new Request(USER, "user").of(ANY, "tasks")))
                .isEqualTo("403 Forbidden: syncId must be 'p:user', got 'user'. The syncId requires the 'p:' prefix.");
    }

    @Test
    @Tag("ACC5")
    @DisplayName("[ACC5] an application may decide who enters; a plain exception refuses with 403 (W25)")
    void ownFunction() {
        AccessPolicy.Builder odd = policy().roomAccess((user, access) -> {
            if (access.room().name().equals("broken")) {
                throw new IllegalStateException("Forbidden, in its own words");
            }
            return access.room().name().length() % 2 == 1
                    ? Optional.empty()
                    : Optional.of(Refusal.forbidden("odd rooms only"));
        });
        assertThat(refusalText(odd, new Request(USER, "one").of(ANY, "tasks"))).isEqualTo("done");
        assertThat(refusalText(odd, new Request(USER, "four").of(ANY, "tasks"))).isEqualTo("403 odd rooms only");
        assertThat(refusalText(odd, new Request(USER, "broken").of(ANY, "tasks")))
                .isEqualTo("403 Forbidden");
        assertThat(refusalText(odd, Request.anonymous().of(ANY, "tasks"))).isEqualTo(UNAUTHORIZED);
    }

    @Test
    @Tag("ACC6")
    @Tag("CC6")
    @DisplayName("[ACC6][CC6] an insert that names another owner belongs to its caller")
    void othersAreIgnored() {
        AccessPolicy.Builder owners = policy().requireOwner();
        assertThat(refusalText(owners, bulk("user", "admin"))).isEqualTo("done");
        for (String collection : List.of("parcels", "tools")) {
            assertThat(refusalText(
                            owners, Request.by(USER).of(Operation.INSERT, collection, Map.of("ownerId", "admin"))))
                    .isEqualTo("done");
        }
    }

    @Test
    @Tag("ACC6")
    @DisplayName("[ACC6] a policy can refuse inserts that name another owner")
    void inserts() {
        AccessPolicy.Builder owners =
                policy().requireOwner(Ownership.ofInserts().refusingOthers());
        assertThat(refusalText(owners, Request.anonymous().of(Operation.INSERT, "parcels")))
                .isEqualTo(UNAUTHORIZED);
        assertThat(refusalText(owners, Request.by(USER).of(Operation.INSERT, "parcels")))
                .isEqualTo("done");
        assertThat(refusalText(owners, Request.by(USER).of(Operation.INSERT, "parcels", Map.of("ownerId", "user"))))
                .isEqualTo("done");
        for (String collection : List.of("parcels", "tools")) {
            assertThat(refusalText(
                            owners, Request.by(USER).of(Operation.INSERT, collection, Map.of("ownerId", "admin"))))
                    .isEqualTo("403 Forbidden: you can only create your own records (ownerId mismatch)");
        }
    }

    @Test
    @Tag("ACC6")
    @DisplayName("[ACC6] a policy can refuse a whole bulk for one row of another owner")
    void bulkInserts() {
        AccessPolicy.Builder owners =
                policy().requireOwner(Ownership.ofInserts().refusingOthers());
        assertThat(refusalText(owners, bulk("user", "user"))).isEqualTo("done");
        assertThat(refusalText(owners, bulk("user", ""))).isEqualTo("done");
        assertThat(refusalText(owners, bulk("user", "admin")))
                .isEqualTo("403 Forbidden: you can only create your own records (ownerId mismatch in bulk-insert)");
    }

    private static Mutation bulk(String owner, String another) {
        CollectionName parcels = new CollectionName("parcels");
        return Request.by(USER)
                .of(
                        Operation.BULK_INSERT,
                        new Change.Insert(parcels, null, Map.of("ownerId", owner)),
                        new Change.Insert(parcels, null, Map.of("ownerId", another)),
                        new Change.Insert(parcels, null, Map.of()));
    }

    @Test
    @Tag("ACC6")
    @DisplayName("[ACC6] a policy may name another owner field")
    void field() {
        AccessPolicy.Builder owners =
                policy().requireOwner(Ownership.ofInserts().field("owner"));
        assertThat(refusalText(owners, Request.by(USER).of(Operation.INSERT, "lockers", Map.of("owner", "admin"))))
                .startsWith("403 Forbidden: you can only create your own records");
        assertThat(refusalText(owners, Request.by(USER).of(Operation.INSERT, "lockers", Map.of("ownerId", "admin"))))
                .isEqualTo("done");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_ANY,
            names = {"UPDATE", "DELETE", "BULK_UPDATE", "BULK_DELETE"})
    @Tag("ACC6")
    @DisplayName("[ACC6] updates and deletes are not checked unless the policy requires it")
    void unchecked(Operation operation) {
        assertThat(refusalText(
                        policy().requireOwner(), Request.by(USER).of(operation, "parcels", Map.of("ownerId", "admin"))))
                .isEqualTo("done");
        assertThat(refusalText(policy().requireOwner(), Request.anonymous().of(operation, "parcels")))
                .isEqualTo(UNAUTHORIZED);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_ANY,
            names = {"UPDATE", "DELETE", "BULK_UPDATE", "BULK_DELETE"})
    @Tag("ACC6")
    @DisplayName("[ACC6] with checks by column, a mutation carries the condition that its rows belong to the caller")
    void checked(Operation operation) {
        AccessPolicy policy = policy().onlyCollections("parcels")
                .requireOwner(Ownership.ofInserts().checkingOnUpdateDelete())
                .build();
        try (AccessChainFixture chain = AccessChainFixture.under(policy)) {
            assertThat(chain.refusalText(Request.by(USER).of(operation, "parcels")))
                    .isEqualTo("done");
            assertThat(chain.select(AdmittedMutations.class).admitted())
                    .extracting(Mutation::conditions)
                    .containsExactly(List.of(new Condition.Owned()));
        }
    }

    @Test
    @Tag("ACC4")
    @DisplayName("[ACC4] the preset admits a caller to their own room and their own rows, and no anonymous caller")
    void perUser() {
        AccessPolicy.Builder preset =
                policy().onlyCollections("parcels", "tasks").perUser();
        assertThat(refusalText(preset, Request.anonymous().of(ANY, "tasks"))).isEqualTo(UNAUTHORIZED);
        assertThat(refusalText(preset, new Request(USER, "admin").of(ANY, "tasks")))
                .startsWith("403 Forbidden: syncId");
        assertThat(refusalText(
                        preset, new Request(USER, "user").of(Operation.INSERT, "parcels", Map.of("ownerId", "admin"))))
                .isEqualTo("done");
        assertThat(refusalText(preset, new Request(USER, "user").of(Operation.INSERT, "parcels")))
                .isEqualTo("done");
    }

    @Test
    @Tag("ACC1")
    @DisplayName("[ACC1] the checks run in order: authentication, room, owner, collection")
    void order() {
        AccessPolicy.Builder strict = policy().requireAuthentication()
                .roomAccess(RoomAccess.ownRoom())
                .requireOwner(Ownership.ofInserts().refusingOthers())
                .rules(rules().collection("tasks").on(Operation.READ, ALLOW));
        Map<String, Object> foreign = Map.of("ownerId", "admin");
        assertThat(refusalText(strict, Request.anonymous().of(Operation.INSERT, "tasks", foreign)))
                .isEqualTo(UNAUTHORIZED);
        assertThat(refusalText(strict, new Request(USER, "admin").of(Operation.INSERT, "tasks", foreign)))
                .startsWith("403 Forbidden: syncId");
        assertThat(refusalText(strict, new Request(USER, "user").of(Operation.INSERT, "tasks", foreign)))
                .startsWith("403 Forbidden: you can only create");
        assertThat(refusalText(strict, new Request(USER, "user").of(Operation.INSERT, "tasks")))
                .startsWith("403 Forbidden: no access rule");
    }

    @Test
    @Tag("ACC4")
    @DisplayName("[ACC4] an application's policy is made by a producer in its packages")
    void produced() {
        try (AccessChainFixture chain = AccessChainFixture.without(SamplePolicy.class)) {
            assertThat(chain.refusalText(Request.anonymous().of(ANY, "tasks"))).isEqualTo(UNAUTHORIZED);
            assertThat(chain.refusalText(Request.by(USER).of(ANY, "tasks"))).isEqualTo("done");
        }
    }

    @Test
    @Tag("ACC1")
    @DisplayName("[ACC1] the policy of another application is not used")
    void ownApplication() {
        try (AccessChainFixture chain =
                AccessChainFixture.under(policy().requireAuthentication().build())) {
            Mutation office = new Mutation(
                    Caller.anonymous("office"),
                    new RoomId("office", "p1"),
                    Operation.DELETE,
                    List.of(new Change.Delete(new CollectionName("tasks"), new EntityId("a"))),
                    Optional.empty(),
                    Optional.empty());
            assertThat(chain.refusalText(office)).isEqualTo("done");
        }
    }
}
