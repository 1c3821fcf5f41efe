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
 * Rules for operations on collections: one table per collection, and one for {@link #ANY} other. Immutable; each method
 * returns an extended copy.
 *
 * <p>A collection's own table replaces that of {@code *}, and is final: an operation without a rule is denied, and so is
 * a collection without a table. Within a table the rule of the operation precedes {@link #otherwise}. Without a rule of
 * its own, a bulk operation follows the single operation, {@link Operation#ARCHIVE} and {@link Operation#UNARCHIVE}
 * follow {@link Operation#UPDATE}, and {@link Operation#SUBSCRIBE} follows {@link Operation#READ}. A subscription
 * contains the collections that the caller may subscribe to, with their counters; it is refused if there are none.
 *
 * <p>Rules are called from many threads at once, and must not block for long. An exception refuses, as in
 * {@link AccessRule}.
 */
public final class CollectionRules {
    /** In place of a collection's name: all collections without a table of their own. */
    public static final String ANY = "*";

    /** The rule that allows every request. */
    public static final Predicate<Access> ALLOW = access -> true;

    /** The rule that denies every request. */
    public static final Predicate<Access> DENY = access -> false;

    private final Map<String, Table> tables;
    private final Optional<String> current;

    /**
     * The rules of one collection.
     *
     * @param rules the rules of single operations
     * @param otherwise the rule of all other operations
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

    /** Rules without tables. */
    public static CollectionRules rules() {
        return new CollectionRules(Map.of(), Optional.empty());
    }

    /**
     * Begins the table of a collection.
     *
     * @param name the collection's name, or {@link #ANY}
     * @throws IllegalArgumentException if the collection already has a table
     */
    public CollectionRules collection(String name) {
        if (tables.containsKey(name)) {
            throw new IllegalArgumentException(
                    "the collection '" + name + "' has two tables of rules: combine them into one");
        }
        return with(name, new Table(Map.of(), Optional.empty()));
    }

    /** Sets the rule of an operation in the table that was begun last. */
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

    /** Sets the rule of all operations without a rule of their own in the table that was begun last. */
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

    /** The tables by collection name. */
    public Map<String, Table> tables() {
        return tables;
    }
}
