package dev.lockstep.collection.catalog;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.mapping.TableNames;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.Transactions.Scope;
import jakarta.persistence.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Check that each entity of a collection has its table and its columns. The JPA provider reads and writes zero rows of
 * each, so names are resolved exactly as later: quoting, schemas, naming strategies, secondary tables, inheritance and
 * formulas included.
 */
public final class MappingCheck {
    /** SQLSTATEs of SQL that does not fit the tables: ISO 9075-2, class 42; H2's own codes begin with it, too. */
    private static final String SYNTAX_OR_ACCESS = "42";

    /** H2: the schema of a table is missing. PostgreSQL reports 42P01. */
    private static final String SCHEMA_MISSING_ON_H2 = "90079";

    private static final String DATATYPE_MISMATCH_ON_POSTGRESQL = "42804";

    /** PostgreSQL's undefined_table, H2's three forms of it. */
    private static final List<String> TABLE_MISSING =
            List.of("42P01", "3F000", SCHEMA_MISSING_ON_H2, "42S02", "42S03", "42S04");

    /** A column as both databases name it, after the alias of its table. */
    private static final Pattern COLUMN = Pattern.compile("\\b\\w+\\d_\\d\\.\"?(\\w+)");

    private static final Pattern QUOTED = Pattern.compile("[\"\u00bb\u201e]([^\"\u00ab\u201c]+)[\"\u00ab\u201c]");

    private final CollectionRegistry collections;
    private final Transactions transactions;

    public MappingCheck(CollectionRegistry collections, Transactions transactions) {
        this.collections = collections;
        this.transactions = transactions;
    }

    /** @throws Misconfiguration if a table or a column is missing, or cannot hold its field; names them and the fix */
    public void check() {
        for (CollectionModel model : collections.all()) {
            read(model, "e").ifPresent(failure -> refuse(model, failure));
            model.elementCollections().forEach(field -> checkItems(model, field));
            write(model, writable(model)).ifPresent(failure -> refuseType(model, failure));
        }
    }

    /** Reads zero items of a collection that is in a table of its own. */
    private void checkItems(CollectionModel model, FieldModel field) {
        refused(scope -> scope.entities()
                        .createQuery("select " + model.idField().selected() + ", c from " + entityName(scope, model)
                                + " e join e." + field.property() + " c where 1 = 0")
                        .getResultList())
                .ifPresent(failure -> {
                    throw new Misconfiguration(model.entity().getName() + " has the field '" + field.property()
                            + "' with @ElementCollection, whose items cannot be read"
                            + named(isTableMissing(failure) ? QUOTED : COLUMN, failure)
                                    .map(name -> isTableMissing(failure)
                                            ? " because there is no table '" + name + "'"
                                            : " because there is no column '" + name + "'")
                                    .orElse("")
                            + ": create it in a migration (" + migrations(model)
                            + "), or name the right one with @CollectionTable, @Column or @OrderColumn.");
                });
    }

    private void refuse(CollectionModel model, SQLException failure) {
        if (isTableMissing(failure)) {
            throw tableMissing(model, failure);
        }
        for (FieldModel field : model.fields()) {
            Optional<SQLException> ofField = read(model, field.selected());
            if (ofField.isPresent()) {
                throw new Misconfiguration(model.entity().getName() + " has the field '" + field.property()
                        + "', but the table '" + TableNames.table(model.entity()) + "' has no column '"
                        + named(COLUMN, ofField.get()).orElse(field.column())
                        + "' that can be read: add it in a migration ("
                        + migrations(model) + "), or name the right one with @Column.");
            }
        }
        throw new Misconfiguration(model.entity().getName() + " cannot be read from the table '"
                + TableNames.table(model.entity()) + "'"
                + named(COLUMN, failure)
                        .map(column -> ", which has no column '" + column + "'")
                        .orElse("") + " (SQLSTATE " + failure.getSQLState() + "): fix it in a migration ("
                + migrations(model) + ").");
    }

    private static Misconfiguration tableMissing(CollectionModel model, SQLException failure) {
        return new Misconfiguration(model.entity().getName() + " has no table '"
                + missingTable(model, failure) + "' in the database: create it in a"
                + " migration (" + migrations(model) + "), or name the right one with @Table.");
    }

    /** The table of the entity, unless the message names another one. */
    private static String missingTable(CollectionModel model, SQLException failure) {
        String own = TableNames.table(model.entity());
        return named(QUOTED, failure)
                .filter(name -> !TableNames.folded(name).equals(TableNames.folded(own)))
                .orElse(own);
    }

    private void refuseType(CollectionModel model, SQLException failure) {
        for (FieldModel field : writable(model)) {
            if (write(model, List.of(field)).isPresent()) {
                throw cannotHold(model, field, Optional.empty());
            }
        }
        throw new Misconfiguration(model.entity().getName() + " has a field whose column in the table '"
                + TableNames.table(model.entity()) + "' has another type (SQLSTATE " + failure.getSQLState()
                + "): change the column in a migration (" + migrations(model) + ").");
    }

    /** @param type the type name of the column, if it is known */
    static Misconfiguration cannotHold(CollectionModel model, FieldModel field, Optional<String> type) {
        return new Misconfiguration(model.entity().getName() + " has the field '" + field.property() + "' of type "
                + field.javaType().getSimpleName() + ", which the column '" + field.column() + "' of the table '"
                + TableNames.table(model.entity()) + "' cannot hold"
                + type.map(name -> " because it is of type " + name).orElse("")
                + ": change the column in a migration (" + migrations(model) + "), or the type of the field.");
    }

    private static String migrations(CollectionModel model) {
        return "db/" + model.application() + "/V*.sql";
    }

    private static List<FieldModel> writable(CollectionModel model) {
        List<FieldModel> writable = new ArrayList<>();
        for (FieldModel field : model.fields()) {
            if (field.role() != Role.ID
                    && field.keyPart() < 0
                    && field.role() != Role.VERSION
                    && field.isPlain()
                    && !field.type().isStructured()) {
                writable.add(field);
            }
        }
        return writable;
    }

    /** Reads zero rows; returns the database's error, if any. */
    private Optional<SQLException> read(CollectionModel model, String selected) {
        return refused(scope -> scope.entities()
                .createQuery("select " + selected + " from " + entityName(scope, model) + " e where 1 = 0")
                .getResultList());
    }

    /** Updates zero rows with NULL; returns the database's error about the types, if any. */
    private Optional<SQLException> write(CollectionModel model, List<FieldModel> fields) {
        if (fields.isEmpty() || !model.isOneTable()) {
            return Optional.empty();
        }
        return refused(scope -> {
                    Query update = scope.entities()
                            .createQuery("update " + entityName(scope, model) + " e set " + assignments(fields)
                                    + " where 1 = 0");
                    for (int i = 0; i < fields.size(); i++) {
                        update.setParameter("value" + i, null);
                    }
                    return update.executeUpdate();
                })
                .filter(failure -> DATATYPE_MISMATCH_ON_POSTGRESQL.equals(failure.getSQLState()));
    }

    private static String assignments(List<FieldModel> fields) {
        List<String> assignments = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            assignments.add("e." + fields.get(i).property() + " = :value" + i);
        }
        return String.join(", ", assignments);
    }

    private static String entityName(Scope scope, CollectionModel model) {
        return scope.entities().getMetamodel().entity(model.entity()).getName();
    }

    private interface Statement {
        Object run(Scope scope);
    }

    /** @throws TransactionFailed if the failure is not about tables or columns */
    private Optional<SQLException> refused(Statement statement) {
        try {
            transactions.run(scope -> statement.run(scope));
            return Optional.empty();
        } catch (TransactionFailed e) {
            return Optional.of(e.sql()
                    .filter(failure -> state(failure).startsWith(SYNTAX_OR_ACCESS) || isTableMissing(failure))
                    .orElseThrow(() -> e));
        }
    }

    private static boolean isTableMissing(SQLException failure) {
        return TABLE_MISSING.contains(state(failure));
    }

    private static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }

    private static Optional<String> named(Pattern pattern, SQLException failure) {
        Matcher matcher = pattern.matcher(String.valueOf(failure.getMessage()));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
