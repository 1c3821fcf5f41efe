package dev.lockstep.access.chain;

import static dev.lockstep.api.access.CollectionRules.ALLOW;
import static dev.lockstep.api.access.CollectionRules.DENY;
import static dev.lockstep.api.access.CollectionRules.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.access.ListRequest;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.access.policy.CollectionAccess;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.CollectionRules;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.database.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules of policies for collections. */
class CollectionRulesTest {
    private static final CollectionName TASKS = new CollectionName("tasks");
    private static final CollectionName TOOLS = new CollectionName("tools");
    private static final Caller ANN = AccessChainFixture.user("ann");

    /** The result of each operation on "tasks" under rules, in the order of the enum. */
    private static List<String> onTasks(CollectionRules rules) {
        return onTasks(rules, Request.ON_ROWS);
    }

    private static List<String> onTasks(CollectionRules rules, Operation... operations) {
        List<String> words = new ArrayList<>();
        try (AccessChainFixture chain =
                AccessChainFixture.under(AccessPolicy.builder().rules(rules).build())) {
            for (Operation operation : operations) {
                words.add(refusalText(chain, operation, "tasks"));
            }
        }
        return words;
    }

    private static String refusalText(AccessChainFixture chain, Operation operation, String collection) {
        return switch (operation) {
            case READ -> refusalText(() -> chain.select(AdmittedReads.class).list(listing(collection)));
            case SUBSCRIBE ->
                refusalText(() -> chain.select(AdmittedReads.class).view(subscribing(collection)));
            case INSERT, UPDATE, DELETE, ARCHIVE, UNARCHIVE, APPEND, BULK_INSERT, BULK_UPDATE, BULK_DELETE, MIXED ->
                chain.refusalText(Request.by(ANN).of(operation, collection));
        };
    }

    private static String refusalText(Supplier<CompletionStage<?>> asked) {
        try {
            asked.get().toCompletableFuture().join();
            return "done";
        } catch (CompletionException e) {
            return e.getCause() instanceof SyncException refused
                    ? refused.refusal().code().status() + " "
                            + refused.refusal().message()
                    : e.toString();
        }
    }

    static ListRequest listing(String collection) {
        return new ListRequest(
                ANN,
                new RoomId("workshop", "p1"),
                TestDatabase.collections()
                        .find("workshop", new CollectionName(collection))
                        .orElseThrow(),
                ListQuery.ALL,
                Optional.empty(),
                ",");
    }

    static RoomAccessRequest subscribing(String... collections) {
        return RoomAccessRequest.toSubscribe(
                ANN,
                new RoomId("workshop", "p1"),
                Set.of(Arrays.stream(collections).map(CollectionName::new).toArray(CollectionName[]::new)));
    }

    private static String denied(String operation) {
        return "403 Forbidden: " + operation + " on collection \"tasks\"";
    }

    private static String missing(String operation) {
        return "403 Forbidden: no access rule defined for " + operation + " on collection \"tasks\"";
    }

    @Test
    @Tag("ACC7")
    @DisplayName("[ACC7] without rules a collection is open")
    void withoutRules() {
        try (AccessChainFixture chain =
                AccessChainFixture.under(AccessPolicy.builder().build())) {
            for (Operation operation : Request.ON_ROWS) {
                assertThat(refusalText(chain, operation, "tasks")).isEqualTo("done");
            }
        }
    }

    @Test
    @Tag("ACC7")
    @DisplayName("[ACC7] a collection's own table is final: it denies what it does not name, whatever * says")
    void ownTable() {
        assertThat(onTasks(rules().collection("tasks")
                        .on(Operation.UPDATE, ALLOW)
                        .collection("*")
                        .otherwise(ALLOW)))
                .containsExactly(
                        missing("read"),
                        missing("subscribe"),
                        missing("insert"),
                        "done",
                        missing("delete"),
                        "done",
                        "done",
                        missing("bulk-insert"),
                        "done",
                        missing("bulk-delete"));
    }

    @Test
    @Tag("ACC7")
    @DisplayName("[ACC7] the table of * holds for collections without a table, and denies what it does not name")
    void tableOfTheOthers() {
        assertThat(onTasks(rules().collection("tools")
                        .otherwise(DENY)
                        .collection("*")
                        .on(Operation.READ, ALLOW)))
                .containsExactly(
                        "done",
                        "done",
                        missing("insert"),
                        missing("update"),
                        missing("delete"),
                        missing("archive"),
                        missing("unarchive"),
                        missing("bulk-insert"),
                        missing("bulk-update"),
                        missing("bulk-delete"));
    }

    @Test
    @Tag("ACC7")
    @DisplayName("[ACC7] a collection without any table is denied")
    void noTable() {
        assertThat(onTasks(rules().collection("tools").otherwise(ALLOW)))
                .containsOnly("403 No access rules defined for collection \"tasks\"");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ARCHIVE", "UNARCHIVE", "APPEND", "MIXED"}) // tasks are neither archived nor events
    @Tag("ACC7")
    @DisplayName("[ACC7] an operation's own rule precedes otherwise, to allow and to deny")
    void ownRule(Operation operation) {
        String denied = denied(CollectionAccess.word(operation));
        assertThat(onTasks(rules().collection("tasks").on(operation, ALLOW).otherwise(DENY), operation))
                .containsExactly("done");
        assertThat(onTasks(rules().collection("tasks").on(operation, DENY).otherwise(ALLOW), operation))
                .containsExactly(denied);
        assertThat(onTasks(rules().collection("*").otherwise(DENY), operation)).containsExactly(denied);
        assertThat(onTasks(rules().collection("*").otherwise(ALLOW), operation)).containsExactly("done");
    }

    @ParameterizedTest
    @CsvSource({"INSERT, BULK_INSERT", "UPDATE, BULK_UPDATE", "DELETE, BULK_DELETE"})
    @Tag("ACC7")
    @DisplayName("[ACC7] a bulk without a rule uses the rule of its single operation before otherwise (W9)")
    void bulk(Operation single, Operation bulk) {
        assertThat(onTasks(rules().collection("tasks").on(single, DENY).otherwise(ALLOW), bulk))
                .containsExactly(denied(CollectionAccess.word(bulk)));
        assertThat(onTasks(rules().collection("tasks").on(single, ALLOW).otherwise(DENY), bulk))
                .containsExactly("done");
        assertThat(onTasks(rules().collection("tasks").on(single, DENY).on(bulk, ALLOW), bulk, single))
                .containsExactly("done", denied(CollectionAccess.word(single)));
        assertThat(onTasks(rules().collection("tasks").on(bulk, ALLOW), single))
                .containsExactly(missing(CollectionAccess.word(single)));
    }

    @ParameterizedTest
    @CsvSource({"ARCHIVE", "UNARCHIVE"})
    @Tag("ACC7")
    @DisplayName("[ACC7] archiving and unarchiving without a rule use the rule of updates, in a bulk too")
    void archiving(Operation operation) {
        String denied = "403 Forbidden: " + CollectionAccess.word(operation) + " on collection \"errands\"";
        assertThat(onErrands(
                        rules().collection("errands").on(Operation.UPDATE, DENY).otherwise(ALLOW), operation))
                .containsOnly(denied);
        assertThat(onErrands(
                        rules().collection("errands")
                                .on(Operation.UPDATE, ALLOW)
                                .otherwise(DENY),
                        operation))
                .containsOnly("done");
        assertThat(onErrands(
                        rules().collection("errands")
                                .on(Operation.UPDATE, ALLOW)
                                .on(operation, DENY),
                        operation))
                .containsOnly(denied);
    }

    /** Alone, and in a bulk that states another operation. */
    private static List<String> onErrands(CollectionRules rules, Operation operation) {
        Mutation alone = Request.by(ANN).of(operation, "errands");
        Mutation bulk =
                Request.by(ANN).of(Operation.BULK_DELETE, alone.changes().getFirst());
        try (AccessChainFixture chain =
                AccessChainFixture.under(AccessPolicy.builder().rules(rules).build())) {
            return List.of(chain.refusalText(alone), chain.refusalText(bulk));
        }
    }

    @Test
    @Tag("ACC7")
    @DisplayName("[ACC7] a caller that may read may subscribe, unless subscribing has a rule")
    void subscribing() {
        assertThat(onTasks(rules().collection("tasks").on(Operation.READ, DENY).otherwise(ALLOW)))
                .startsWith(denied("read"), denied("subscribe"));
        assertThat(onTasks(rules().collection("tasks").on(Operation.READ, ALLOW).on(Operation.SUBSCRIBE, DENY)))
                .startsWith("done", denied("subscribe"));
    }

    @Test
    @Tag("ACC7")
    @DisplayName("[ACC7] a rule receives the request, and one that throws refuses")
    void functions() {
        CollectionRules viewers = rules().collection("tasks")
                .on(Operation.INSERT, access -> access.caller().subject().equals(Optional.of("ann")))
                .on(Operation.UPDATE, access -> {
                    throw new IllegalStateException("the words of a fault");
                })
                .on(Operation.DELETE, access -> {
                    throw new SyncException(Refusal.forbidden("not on Sundays"));
                });
        assertThat(onTasks(viewers).subList(2, 5)).containsExactly("done", "403 Forbidden", "403 not on Sundays");
    }

    @Test
    @Tag("ACC7")
    @DisplayName("[ACC7] each change of a mutation is checked by its own kind, whatever operation the mutation states")
    void kinds() {
        CollectionRules rules = rules().collection("tasks")
                .on(Operation.INSERT, ALLOW)
                .on(Operation.DELETE, DENY)
                .collection("tools")
                .otherwise(DENY);
        try (AccessChainFixture chain =
                AccessChainFixture.under(AccessPolicy.builder().rules(rules).build())) {
            Mutation smuggled = Request.by(ANN)
                    .of(
                            Operation.BULK_INSERT,
                            new Change.Insert(TASKS, null, Map.of()),
                            new Change.Delete(TASKS, new EntityId("a")));
            Mutation other = Request.by(ANN)
                    .of(
                            Operation.BULK_INSERT,
                            new Change.Insert(TASKS, null, Map.of()),
                            new Change.Insert(TOOLS, null, Map.of()));

            assertThat(chain.refusalText(smuggled)).isEqualTo(denied("bulk-delete"));
            assertThat(chain.refusalText(other)).isEqualTo("403 Forbidden: bulk-insert on collection \"tools\"");
            assertThat(chain.select(AdmittedMutations.class).admitted()).isEmpty();
        }
    }

    @Test
    @Tag("ACC8")
    @DisplayName("[ACC8] collections that the policy omits exist for no caller")
    void onlyCollections() {
        try (AccessChainFixture chain = AccessChainFixture.under(
                AccessPolicy.builder().onlyCollections("tasks").build())) {
            for (Operation operation : Request.ON_ROWS) {
                assertThat(refusalText(chain, operation, "tasks")).isEqualTo("done");
                assertThat(refusalText(chain, operation, "tools"))
                        .isEqualTo("403 No access rules defined for collection \"tools\"");
            }
        }
    }

    @Test
    @Tag("ACC9")
    @DisplayName("[ACC9] a subscription continues with the collections that it may read")
    void followed() {
        CollectionRules rules =
                rules().collection("tools").otherwise(DENY).collection("*").otherwise(ALLOW);
        try (AccessChainFixture chain =
                AccessChainFixture.under(AccessPolicy.builder().rules(rules).build())) {
            assertThat(chain.select(AdmittedReads.class).view(subscribing("tasks", "tools", "steps")))
                    .isCompletedWithValue(Set.of(TASKS, new CollectionName("steps")));
            assertThat(refusalText(() -> chain.select(AdmittedReads.class).view(subscribing("tools"))))
                    .isEqualTo("403 Forbidden: subscribe on collection \"tools\"");
        }
    }
}
