package dev.lockstep.access.policy;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Operation;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.CollectionRules;
import dev.lockstep.api.access.CollectionRules.Table;
import dev.lockstep.api.access.Ownership;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Misconfiguration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Check whether a policy can work with the collections of its application; reports the first problem with its fix. */
final class PolicyCheck {
    private final String application;
    private final AccessPolicy policy;
    private final List<CollectionModel> models;

    PolicyCheck(String application, AccessPolicy policy, List<CollectionModel> models) {
        this.application = application;
        this.policy = policy;
        this.models = models;
    }

    /** @throws Misconfiguration if the policy cannot work */
    void check() {
        policy.collections().ifPresent(this::requireSome);
        List<CollectionModel> open = models.stream()
                .filter(model -> policy.collections()
                        .map(names -> names.contains(model.name().value()))
                        .orElse(true))
                .toList();
        if (policy.perUser()) {
            open.forEach(this::requireRoomColumn);
        }
        policy.ownership().ifPresent(ownership -> open.forEach(model -> requireOwners(ownership, model)));
        policy.rules().ifPresent(this::requireRules);
        policy.readFilters().keySet().stream().sorted().forEach(this::requireKnown);
    }

    private void requireSome(Set<String> names) {
        if (names.isEmpty()) {
            throw wrong("hides all collections: name some in onlyCollections, or leave it out.");
        }
        names.stream().sorted().forEach(this::requireKnown);
    }

    private void requireRoomColumn(CollectionModel model) {
        if (model.isSingleTenant()) {
            throw wrong("is per user, but " + model.entity().getName()
                    + " has no @RoomColumn, so its rows are visible to all users: add one, or exclude '" + model.name()
                    + "' by onlyCollections.");
        }
    }

    private void requireOwners(Ownership ownership, CollectionModel model) {
        boolean written = model.operations().stream().anyMatch(operation -> operation != Operation.INSERT);
        if (ownership.checkOnUpdateDelete()
                && ownership.query().isEmpty()
                && written
                && model.ownerField().isEmpty()) {
            throw wrong("checks the owner on update and delete, but "
                    + model.entity().getName()
                    + " has no @OwnerColumn: add one, or give the policy a query that decides who owns a row.");
        }
    }

    private void requireRules(CollectionRules rules) {
        if (rules.tables().isEmpty()) {
            throw wrong("has rules without a table, which deny every request: name a collection, or leave the rules"
                    + " out.");
        }
        rules.tables().forEach((name, table) -> {
            if (table.rules().isEmpty() && table.otherwise().isEmpty()) {
                throw wrong("has an empty table of rules for '" + name + "': call on(...) or otherwise(...).");
            }
            if (!name.equals(CollectionRules.ANY)) {
                requireKnown(name);
                requireOperations(name, table);
            }
        });
    }

    private void requireKnown(String name) {
        if (isEvents(name)) {
            return;
        }
        if (models.stream().noneMatch(model -> model.name().value().equals(name))) {
            throw wrong("names the unknown collection '" + name + "': the application has "
                    + models.stream().map(CollectionModel::name).toList() + ".");
        }
    }

    private static boolean isEvents(String name) {
        return name.equals(StoreEvent.COLLECTION.value());
    }

    private void requireOperations(String name, Table table) {
        if (isEvents(name)) {
            return;
        }
        CollectionModel model = models.stream()
                .filter(each -> each.name().equals(new CollectionName(name)))
                .findFirst()
                .orElseThrow();
        Set<Operation> missing = table.rules().keySet().stream()
                .filter(operation -> !has(model, operation))
                .collect(Collectors.toSet());
        if (!missing.isEmpty()) {
            throw wrong("has a rule for " + missing.stream().sorted().toList() + " on '" + name
                    + "', which supports only READ, SUBSCRIBE and " + model.operations() + ": remove the rule.");
        }
    }

    private static boolean has(CollectionModel model, Operation operation) {
        return switch (operation) {
            case READ, SUBSCRIBE -> true;
            case INSERT, UPDATE, DELETE, BULK_INSERT, BULK_UPDATE, BULK_DELETE ->
                model.operations().contains(CollectionAccess.single(operation));
            case APPEND, MIXED -> false;
            case ARCHIVE, UNARCHIVE -> model.operations().contains(operation);
        };
    }

    private Misconfiguration wrong(String sentence) {
        return new Misconfiguration("The AccessPolicy of '" + application + "' " + sentence);
    }
}
