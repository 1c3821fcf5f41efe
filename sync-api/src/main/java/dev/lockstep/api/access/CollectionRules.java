package dev.lockstep.api.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.Operation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What may be done to which collection: a table for each, and one for {@link #ANY} other. Immutable; each method answers
 * with rules that say one thing more.
 *
 * <p>A collection's own table goes before that of {@code *}, and is final: what it does not name is denied, and so is a
 * collection without any table. In a table the rule of the operation goes before {@link #otherwise}; a bulk without a
 * rule of its own follows the single operation, {@link Operation#ARCHIVE} and {@link Operation#UNARCHIVE} follow
 * {@link Operation#UPDATE}, {@link Operation#SUBSCRIBE} follows {@link Operation#READ}. Of a
 * subscription the caller gets the collections that it may follow, with their counters, and is refused if there is none.
 *
 * <p>Rules are asked from many threads at once, and must not block for long. An exception refuses, as in
 * {@link AccessRule}.
 */
public final class CollectionRules {
    /** In place of a collection's name: those without a table of their own. */
    public static final String ANY = "*";

    /** The rule that lets everybody. */
    public static final Predicate<Access> ALLOW = access -> true;

    /** The rule that lets nobody. */
    public static final Predicate<Access> DENY = access -> false;

    private final Map<String, Table> tables;
    private final Optional<String> current;

    /**
     * What may be done to a collection.
     *
     * @param rules those of single operations
     * @param otherwise what holds for the others
     */
    public record Table(Map<Operation, Predicate<Access>> rules, Optional<Predicate<Access>> otherwise) {
        public Table {
            rules = Map.copyOf(rules);
        }
    }

    private CollectionRules(Map<String, Table> tables, Optional<String> current) {
        this.tables = tables;
        this.current = current;
    }

    /** Rules to which tables are added. */
    public static CollectionRules rules() {
        return new CollectionRules(Map.of(), Optional.empty());
    }

    /**
     * Begins the table of a collection.
     *
     * @param name the collection's, or {@link #ANY}
     * @throws IllegalArgumentException if it has one
     */
    public CollectionRules collection(String name) {
        if (tables.containsKey(name)) {
            throw new IllegalArgumentException(
                    "the collection '" + name + "' has two tables of rules: make one of them");
        }
        return with(name, new Table(Map.of(), Optional.empty()));
    }

    /** Says who may do an operation, in the table that was begun last. */
    public CollectionRules on(Operation operation, Predicate<Access> rule) {
        Table table = table();
        Map<Operation, Predicate<Access>> rules = new EnumMap<>(Operation.class);
        rules.putAll(table.rules());
        if (rules.put(operation, rule) != null) {
            throw new IllegalArgumentException(
                    "the collection '" + current.orElseThrow() + "' has two rules for " + operation + ": keep one");
        }
        return with(current.orElseThrow(), new Table(rules, table.otherwise()));
    }

    /** Says who may do whatever has no rule of its own, in the table that was begun last. */
    public CollectionRules otherwise(Predicate<Access> rule) {
        Table table = table();
        return with(current.orElseThrow(), new Table(table.rules(), Optional.of(rule)));
    }

    private Table table() {
        return current.map(tables::get)
                .orElseThrow(() -> new IllegalStateException("name the collection first: rules().collection(\"...\")"));
    }

    private CollectionRules with(String name, Table table) {
        Map<String, Table> more = new LinkedHashMap<>(tables);
        more.put(name, table);
        return new CollectionRules(Collections.unmodifiableMap(more), Optional.of(name));
    }

    /** The tables, by the collections' names. */
    public Map<String, Table> tables() {
        return tables;
    }
}
