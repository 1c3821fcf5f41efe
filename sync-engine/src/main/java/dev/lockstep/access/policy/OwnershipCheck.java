package dev.lockstep.access.policy;

import dev.lockstep.api.Access;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Condition;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Row;
import dev.lockstep.api.access.Ownership;
import dev.lockstep.api.access.Ownership.Query;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Checks the owners of the rows that a mutation writes, by its application's policy. */
@ApplicationScoped
public class OwnershipCheck {
    /** The owner field where neither policy nor collection names one. */
    static final String FIELD = "ownerId";

    @Inject
    private Policies policies;

    @Inject
    private RuleInvoker ruleInvoker;

    @Inject
    private CollectionRegistry collections;

    @Inject
    private Transactions transactions;

    /** The result of a check. */
    public sealed interface Decision {
        /** Allowed, whatever the rows. */
        record Allowed() implements Decision {}
        /** Allowed if the rows meet these conditions when they are locked. */
        record Conditional(List<Condition> conditions) implements Decision {}
        /** The mutation writes a row of another owner. */
        record Refused(Refusal refusal) implements Decision {}
    }

    private record Key(CollectionName in, EntityId id) {}

    /** Checks a mutation. May block on the database: never call it on an I/O thread, the writer's or the publisher's. */
    public Decision check(Mutation mutation) {
        Optional<Ownership> wanted = policies.of(mutation).ownership();
        if (wanted.isEmpty()) {
            return new Decision.Allowed();
        }
        Ownership ownership = wanted.get();
        Optional<String> user = mutation.caller().subject();
        if (user.isEmpty()) {
            return new Decision.Refused(Policies.UNAUTHORIZED);
        }
        Optional<Refusal> refusal =
                PerChangeCheck.firstRefusal(mutation, part -> refusesInserts((Mutation) part, ownership, user.get()));
        if (refusal.isPresent()) {
            return new Decision.Refused(refusal.get());
        }
        if (!ownership.checkOnUpdateDelete()) {
            return new Decision.Allowed();
        }
        return ownership
                .query()
                .map(query -> ask(query, mutation))
                .orElseGet(() -> new Decision.Conditional(List.of(new Condition.Owned())));
    }

    private Optional<Refusal> refusesInserts(Mutation mutation, Ownership ownership, String user) {
        for (Change change : mutation.changes()) {
            if (change instanceof Change.Insert insert) {
                String field = field(ownership, mutation, insert.in());
                if (!ownership.refusesOthers() && !isClients(field, mutation, insert.in())) {
                    continue; // the server sets the field and ignores this value
                }
                Object owner = insert.fields().get(field);
                if (owner != null && !owner.equals("") && !owner.equals(user)) {
                    return Optional.of(Refusal.forbidden("Forbidden: you can only create your own records (ownerId"
                            + " mismatch" + (mutation.isBulk() ? " in bulk-insert)" : ")")));
                }
            }
        }
        return Optional.empty();
    }

    private String field(Ownership ownership, Mutation mutation, CollectionName name) {
        return ownership
                .field()
                .or(() -> collections.find(mutation.room().application(), name).flatMap(CollectionModel::ownerField))
                .orElse(FIELD);
    }

    private boolean isClients(String field, Mutation mutation, CollectionName name) {
        return collections
                .find(mutation.room().application(), name)
                .filter(model -> model.fields().stream()
                        .anyMatch(each -> each.name().equals(field) && each.isWrittenByInserts()))
                .isPresent();
    }

    private Decision ask(Query query, Mutation mutation) {
        Map<Key, Optional<Row>> rows;
        try {
            rows = read(mutation);
        } catch (TransactionFailed e) {
            return new Decision.Refused(DatabaseFailures.UNAVAILABLE);
        }
        Optional<Refusal> refusal =
                PerChangeCheck.firstRefusal(mutation, part -> refuses(query, part, written((Mutation) part, rows)));
        if (refusal.isPresent()) {
            return new Decision.Refused(refusal.get());
        }
        List<Condition> conditions = new ArrayList<>();
        rows.forEach((key, row) -> conditions.add(new Condition.Unchanged(key.in(), key.id(), row)));
        return new Decision.Conditional(conditions);
    }

    /** The existing rows that a mutation, or one change of it, updates or deletes. */
    private static List<Row> written(Mutation mutation, Map<Key, Optional<Row>> rows) {
        return mutation.changes().stream()
                .flatMap(change -> key(change).stream())
                .distinct()
                .flatMap(key -> rows.getOrDefault(key, Optional.empty()).stream())
                .toList();
    }

    private static Optional<Key> key(Change change) {
        Optional<EntityId> id = switch (change) {
            case Change.Insert insert -> Optional.empty();
            case Change.Update update -> Optional.of(update.id());
            case Change.Delete delete -> Optional.of(delete.id());
            case Change.Archive archive -> Optional.of(archive.id());
            case Change.Unarchive unarchive -> Optional.of(unarchive.id());
            case Change.Append append -> Optional.empty();
        };
        return id.map(row -> new Key(change.in(), row));
    }

    private Optional<Refusal> refuses(Query query, Access access, List<Row> rows) {
        return rows.stream()
                .flatMap(row -> ruleInvoker.invoke(access, () -> refuses(query, access, row)).stream())
                .findFirst();
    }

    private static Optional<Refusal> refuses(Query query, Access access, Row row) {
        if (query.owns(access, row)) {
            return Optional.empty();
        }
        boolean bulk = access instanceof Mutation mutation && mutation.isBulk();
        return Optional.of(
                Refusal.forbidden("Forbidden: you do not own " + (bulk ? "record " + row.id() : "this record")));
    }

    /** The current rows that the mutation updates or deletes; empty where the room has none. */
    private Map<Key, Optional<Row>> read(Mutation mutation) {
        Map<CollectionModel, SortedSet<EntityId>> ids = new LinkedHashMap<>();
        for (Change change : mutation.changes()) {
            // The validation of the mutation refuses an unknown collection.
            key(change)
                    .ifPresent(key -> collections
                            .find(mutation.room().application(), key.in())
                            .ifPresent(model -> ids.computeIfAbsent(model, absent -> new TreeSet<>())
                                    .add(key.id())));
        }
        Map<Key, Optional<Row>> rows = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            return rows;
        }
        return transactions.snapshot(scope -> {
            ids.forEach((model, wanted) -> {
                Map<EntityId, RowImage> found = new RowRepository(scope.entities()).images(model, wanted);
                String room = model.roomOf(mutation.room()).name();
                for (EntityId id : wanted) {
                    rows.put(
                            new Key(model.name(), id),
                            Optional.ofNullable(found.get(id))
                                    .filter(row -> !row.isDeleted() && row.isIn(room))
                                    .map(RowImage::row));
                }
            });
            return rows;
        });
    }
}
