package dev.lockstep.access.chain;

import static dev.lockstep.api.access.CollectionRules.ALLOW;
import static dev.lockstep.api.access.CollectionRules.rules;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.access.policy.Policies;
import dev.lockstep.api.Operation;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.Ownership;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.sample.SamplePolicy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MisconfigurationTest {
    private static void assertFails(AccessPolicy.Builder policy, String sentence) {
        assertFails(AccessChainFixture.under(policy.build()), "The AccessPolicy of 'workshop' " + sentence);
    }

    private static AccessPolicy.Builder policy() {
        return AccessPolicy.builder();
    }

    @Test
    @Tag("ACC10")
    @DisplayName("[ACC10] the preset for users fails with a collection that has no rooms")
    void perUser() {
        assertFails(
                policy().perUser().onlyCollections("tasks", "tools"),
                "is per user, but dev.lockstep.sample.Tool has no @RoomColumn, so its rows are visible to all users:"
                        + " add one, or exclude 'tools' by onlyCollections.");
    }

    @Test
    @Tag("ACC10")
    @DisplayName("[ACC10] owner checks fail where no field states the owner")
    void noOwner() {
        assertFails(
                policy().onlyCollections("parcels", "steps")
                        .requireOwner(Ownership.ofInserts().checkingOnUpdateDelete()),
                "checks the owner on update and delete, but dev.lockstep.sample.Step has no @OwnerColumn: add"
                        + " one, or give the policy a query that decides who owns a row.");
    }

    @Test
    @Tag("ACC10")
    @DisplayName("[ACC10] rules without a table, and tables without a rule, fail")
    void empty() {
        assertFails(
                policy().rules(rules()),
                "has rules without a table, which deny every request: name a collection, or leave the rules" + " out.");
        assertFails(
                policy().rules(rules().collection("tasks")),
                "has an empty table of rules for 'tasks': call on(...) or otherwise(...).");
        assertFails(
                policy().onlyCollections(), "hides all collections: name some in onlyCollections, or leave it out.");
    }

    @Test
    @Tag("ACC10")
    @DisplayName("[ACC10] a read filter of an unknown collection fails")
    void unknownFilter() {
        assertFails(
                policy().readFilter("taks", (access, row) -> true),
                "names the unknown collection 'taks': the application has [binders, cards, clubs,"
                        + " errands, folders, lockers, parcels, remarks, sheets, slots, steps, tasks, TaskLabel, tickets, tools].");
    }

    @Test
    @Tag("ACC10")
    @DisplayName("[ACC10] rules for unknown collections and operations fail")
    void unknown() {
        String known =
                "the application has [binders, cards, clubs, errands, folders, lockers, parcels, remarks, sheets, slots, steps,"
                        + " tasks, TaskLabel, tickets, tools].";
        assertFails(
                policy().rules(rules().collection("todoz").otherwise(ALLOW)),
                "names the unknown collection 'todoz': " + known);
        assertFails(policy().onlyCollections("tasks", "todoz"), "names the unknown collection 'todoz': " + known);
        assertFails(
                policy().rules(rules().collection("lockers")
                        .on(Operation.READ, ALLOW)
                        .on(Operation.BULK_DELETE, ALLOW)),
                "has a rule for [BULK_DELETE] on 'lockers', which supports only READ, SUBSCRIBE and [INSERT, UPDATE]: remove"
                        + " the rule.");
    }

    private static void assertFails(AccessChainFixture chain, String sentence) {
        try (chain) {
            Policies policies = chain.select(Policies.class);
            assertThatThrownBy(() -> policies.of(Request.anonymous().of(Operation.DELETE, "tasks")))
                    .hasRootCauseInstanceOf(Misconfiguration.class)
                    .hasRootCauseMessage(sentence);
        }
    }

    @Test
    @Tag("ACC10")
    @DisplayName("[ACC10] an application has one policy, and a policy has an application")
    void onePolicy() {
        assertFails(
                AccessChainFixture.under(policy().build(), SamplePolicy.class),
                "The application 'workshop' has 2 AccessPolicy beans: combine them into one.");
        assertFails(
                AccessChainFixture.without(PolicyOfNoApplication.class),
                PolicyOfNoApplication.class.getName() + " belongs to no application: annotate its package, in"
                        + " package-info.java, with @SyncApplication(\"name-of-the-application\").");
    }

    @Test
    @Tag("ACC10")
    @DisplayName("[ACC10] a duplicate table or rule fails where it is declared")
    void twice() {
        assertThatThrownBy(() -> rules().collection("tasks").otherwise(ALLOW).collection("tasks"))
                .hasMessage("the collection 'tasks' has two tables of rules: combine them into one");
        assertThatThrownBy(() ->
                        rules().collection("tasks").on(Operation.READ, ALLOW).on(Operation.READ, ALLOW))
                .hasMessage("the collection 'tasks' has two rules for READ: keep one");
        assertThatThrownBy(() -> rules().otherwise(ALLOW))
                .hasMessage("name the collection first: rules().collection(\"...\")");
    }
}
