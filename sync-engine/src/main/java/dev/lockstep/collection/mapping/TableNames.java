package dev.lockstep.collection.mapping;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.AttributeOverrides;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.util.Locale;
import java.util.Optional;

/**
 * The names of tables and columns in the annotations of an entity. A naming strategy of the persistence unit may change
 * them, so they are used for messages and for lookups in the catalog, not for SQL.
 */
public final class TableNames {
    private TableNames() {}

    /** The name of an entity's table. */
    public static String table(Class<?> type) {
        Table table = type.getAnnotation(Table.class);
        if (table != null && !table.name().isEmpty()) {
            return table.name();
        }
        Entity entity = type.getAnnotation(Entity.class);
        return entity == null || entity.name().isEmpty() ? type.getSimpleName() : entity.name();
    }

    /** The schema of an entity; empty if its table is in the connection's schema. */
    public static Optional<String> schema(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(Table.class))
                .map(Table::schema)
                .filter(name -> !name.isEmpty());
    }

    /** The catalog of an entity; empty if its table is in the connection's catalog. */
    public static Optional<String> catalog(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(Table.class))
                .map(Table::catalog)
                .filter(name -> !name.isEmpty());
    }

    /** The name of the column of a field of an entity. */
    public static String column(Class<?> type, Attribute attribute) {
        if (attribute.relation().isPresent()) {
            Relation relation = attribute.relation().get();
            return attribute
                    .annotation(JoinColumn.class)
                    .map(JoinColumn::name)
                    .filter(name -> !name.isEmpty())
                    .orElseGet(() ->
                            attribute.name() + "_" + folded(column(relation.target(), new Attribute(relation.id()))));
        }
        return overridden(type, attribute.name())
                .or(() -> attribute.annotation(Column.class))
                .map(Column::name)
                .filter(name -> !name.isEmpty())
                .orElse(attribute.name());
    }

    private static Optional<Column> overridden(Class<?> type, String attribute) {
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (AttributeOverride override : overrides(at)) {
                if (override.name().equals(attribute)) {
                    return Optional.of(override.column());
                }
            }
        }
        return Optional.empty();
    }

    private static AttributeOverride[] overrides(Class<?> type) {
        AttributeOverrides several = type.getDeclaredAnnotation(AttributeOverrides.class);
        return several == null ? type.getDeclaredAnnotationsByType(AttributeOverride.class) : several.value();
    }

    /** A name in lower case without quotes: databases fold unquoted names to a case of their own. */
    public static String folded(String name) {
        return name.replaceAll("[\"`]", "").toLowerCase(Locale.ROOT);
    }
}
