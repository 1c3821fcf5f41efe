package dev.lockstep.access.policy;

import dev.lockstep.api.Access;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.CollectionRules;
import dev.lockstep.api.access.CollectionRules.Table;
import dev.lockstep.handler.Handlers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Checks operations against the rules of collections. */
@ApplicationScoped
public class CollectionAccess {
    @Inject
    private Policies policies;

    @Inject
    private RuleInvoker ruleInvoker;

    @Inject
    private Handlers handlers;

    private record Requested(CollectionName collection, Operation operation) {}

    /** The operation's name in messages. */
    public static String word(Operation operation) {
        return operation.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The operation whose rule applies if this one has none; the operation itself if there is no other. */
    static Operation single(Operation operation) {
        return switch (operation) {
            case SUBSCRIBE -> Operation.READ;
            case BULK_INSERT -> Operation.INSERT;
            case BULK_UPDATE, ARCHIVE, UNARCHIVE -> Operation.UPDATE;
            case BULK_DELETE -> Operation.DELETE;
            case READ, INSERT, UPDATE, DELETE, APPEND, MIXED -> operation;
        };
    }

    /** The refusal of the request; empty if all of it is allowed. */
    public Optional<Refusal> firstRefusal(Access access) {
        return PerChangeCheck.firstRefusal(access, this::firstRefusalOf);
    }

    private Optional<Refusal> firstRefusalOf(Access access) {
        for (Requested requested : requested(access)) {
            Optional<Refusal> refusal = refuses(access, requested.collection(), requested.operation());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /** The kind of each change decides, whatever the operation of the mutation. */
    private static Set<Requested> requested(Access access) {
        Set<Requested> requested = new LinkedHashSet<>();
        if (access instanceof Mutation mutation) {
            for (Change change : mutation.changes()) {
                requested.add(new Requested(change.in(), operation(change, mutation.isBulk())));
            }
        } else {
            access.collections().forEach(name -> requested.add(new Requested(name, access.operation())));
        }
        return requested;
    }

    private static Operation operation(Change change, boolean bulk) {
        Operation single = change.operation();
        return switch (single) {
            case INSERT -> bulk ? Operation.BULK_INSERT : single;
            case UPDATE -> bulk ? Operation.BULK_UPDATE : single;
            case DELETE -> bulk ? Operation.BULK_DELETE : single;
            default -> single;
        };
    }

    /** The refusal of an operation on a collection; empty if it is allowed. */
    public Optional<Refusal> refuses(Access access, CollectionName collection, Operation operation) {
        AccessPolicy policy = policies.of(access);
        boolean leftOut = policy.collections()
                .filter(names -> !names.contains(collection.value()))
                .isPresent();
        if (leftOut) {
            return Optional.of(noRules(collection));
        }
        return policy.rules()
                .flatMap(rules -> refuses(rules, access, collection, operation))
                .or(() -> handlers.find(access.room().application(), collection)
                        .flatMap(handler -> ruleInvoker.invokeInEachRoom(access, handler::authorize)));
    }

    private Optional<Refusal> refuses(
            CollectionRules rules, Access access, CollectionName collection, Operation operation) {
        Table table =
                rules.tables().getOrDefault(collection.value(), rules.tables().get(CollectionRules.ANY));
        if (table == null) {
            return Optional.of(noRules(collection));
        }
        String wanted = word(operation) + " on collection \"" + collection + "\"";
        Optional<Predicate<Access>> rule = Optional.ofNullable(table.rules().get(operation))
                .or(() -> Optional.ofNullable(table.rules().get(single(operation))))
                .or(table::otherwise);
        if (rule.isEmpty()) {
            return Optional.of(Refusal.forbidden("Forbidden: no access rule defined for " + wanted));
        }
        return ruleInvoker.invokeInEachRoom(
                access,
                seen -> rule.get().test(seen)
                        ? Optional.empty()
                        : Optional.of(Refusal.forbidden("Forbidden: " + wanted)));
    }

    private static Refusal noRules(CollectionName collection) {
        return Refusal.forbidden("No access rules defined for collection \"" + collection + "\"");
    }
}
