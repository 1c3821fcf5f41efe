package dev.lockstep.access.chain;

import static dev.lockstep.api.access.CollectionRules.ALLOW;
import static dev.lockstep.api.access.CollectionRules.rules;
import static dev.lockstep.mutation.Results.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.Ownership;
import dev.lockstep.sample.NoDeletesRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Access to mutations with changes of several collections and kinds. */
class EachChangeTest {
    private static final CollectionName TASKS = new CollectionName("tasks");
    private static final CollectionName TOOLS = new CollectionName("tools");
    private static final EntityId A = new EntityId("a");
    private static final Mutation MIXED = Request.by(AccessChainFixture.user("ann"))
            .of(
                    Operation.MIXED,
                    new Change.Insert(TASKS, A, Map.of("ownerId", "ben")),
                    new Change.Update(TOOLS, A, Map.of()),
                    new Change.Delete(TASKS, A));

    private static Optional<Refusal> refusal(AccessPolicy policy, Mutation mutation, Class<?>... more) {
        try (AccessChainFixture chain = AccessChainFixture.under(policy, more)) {
            var result = chain.submit(mutation);
            return chain.select(AdmittedMutations.class).admitted().isEmpty()
                    ? Optional.of(refused(result).refusal())
                    : Optional.empty();
        }
    }

    private static void assertForbidden(Optional<Refusal> refusal, String message, int index) {
        assertThat(refusal)
                .contains(
                        new Refusal(ErrorCode.FORBIDDEN, message, List.of(new Issue(String.valueOf(index), message))));
    }

    @Test
    @Tag("ACC26")
    @DisplayName("[ACC26] the rules of each collection are asked for each change by its single operation")
    void rulesOfCollections() {
        AccessPolicy noDeletes = AccessPolicy.builder()
                .rules(rules().collection("*").on(Operation.INSERT, ALLOW).on(Operation.UPDATE, ALLOW))
                .build();

        assertForbidden(
                refusal(noDeletes, MIXED), "Forbidden: no access rule defined for delete on collection \"tasks\"", 2);
        AccessPolicy ofTasks = AccessPolicy.builder()
                .rules(rules().collection("tasks").otherwise(ALLOW))
                .build();
        assertForbidden(refusal(ofTasks, MIXED), "No access rules defined for collection \"tools\"", 1);
    }

    @Test
    @Tag("ACC26")
    @DisplayName("[ACC26] rooms and rules see one change at a time, with one context, and never the mixed operation")
    void singles() {
        List<Operation> seen = new CopyOnWriteArrayList<>();
        List<Integer> calls = new ArrayList<>();
        AccessPolicy policy = AccessPolicy.builder()
                .roomAccess((user, access) -> {
                    seen.add(access.operation());
                    access.context()
                            .get(StringBuilder.class, StringBuilder::new)
                            .append('.');
                    calls.add(access.context()
                            .get(StringBuilder.class)
                            .orElseThrow()
                            .length());
                    return Optional.empty();
                })
                .rules(rules().collection("*").otherwise(access -> {
                    seen.add(access.operation());
                    return access instanceof Mutation one && one.changes().size() == 1;
                }))
                .build();

        assertThat(refusal(policy, MIXED)).isEmpty();
        assertThat(seen)
                .containsExactly(
                        Operation.INSERT,
                        Operation.UPDATE,
                        Operation.DELETE,
                        Operation.INSERT,
                        Operation.UPDATE,
                        Operation.DELETE);
        assertThat(calls).containsExactly(1, 2, 3);
    }

    @Test
    @Tag("ACC26")
    @Tag("ACC1")
    @DisplayName("[ACC26][ACC1] an application's own rule that refuses a delete refuses it beside other changes")
    void ownRules() {
        assertForbidden(refusal(AccessPolicy.builder().build(), MIXED, NoDeletesRule.class), "deletes nothing", 2);
    }

    @Test
    @Tag("ACC26")
    @Tag("ACC6")
    @DisplayName("[ACC26][ACC6] a row for another owner is refused with the index of its insert")
    void owners() {
        AccessPolicy policy = AccessPolicy.builder()
                .requireOwner(Ownership.ofInserts().refusingOthers())
                .build();

        assertThat(refusal(policy, MIXED))
                .hasValueSatisfying(refusal ->
                        assertThat(refusal.issues()).extracting(Issue::path).containsExactly("0"));
    }
}
