package dev.lockstep.collection.catalog;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.Misconfiguration;
import jakarta.persistence.Lob;
import java.util.Set;

/**
 * Fields with {@code @Lob} on PostgreSQL. The JPA provider stores their values in large objects, and the number of the large
 * object in the column. A column of texts accepts the number, which other programs then read as the text; a column of bytes
 * accepts nothing.
 */
final class LargeObjects {
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar");

    private LargeObjects() {}

    /** Whether a column holds the numbers of large objects, as the field needs them. */
    static boolean areIn(StoredColumn column, FieldModel field) {
        return isNumber(column) && isLob(field);
    }

    /** @throws Misconfiguration if the column and the field do not agree about large objects */
    static void requireAgreement(CollectionModel model, FieldModel field, StoredColumn column) {
        boolean isText = field.javaType() == String.class && TEXTS.contains(column.typeName());
        boolean isBytes = field.javaType() == byte[].class && column.typeName().equals("bytea");
        if (isLob(field) && (isText || isBytes)) {
            throw new Misconfiguration(
                    start(model, field) + "' with @Lob, for which the JPA provider stores the number of a"
                            + " large object, but its column '" + field.column() + "' is of type " + column.typeName()
                            + ": remove @Lob, or change the column to oid in a migration (using " + field.column()
                            + "::oid, if it has such numbers already).");
        }
        if (!isLob(field) && field.javaType() == byte[].class && isNumber(column)) {
            throw new Misconfiguration(start(model, field) + "' of type byte[], but its column '" + field.column()
                    + "' of type oid holds numbers of large objects: add @Lob, or change the column to bytea in a"
                    + " migration.");
        }
    }

    private static String start(CollectionModel model, FieldModel field) {
        return model.entity().getName() + " has the field '" + field.property();
    }

    private static boolean isLob(FieldModel field) {
        return field.annotation(Lob.class).isPresent();
    }

    private static boolean isNumber(StoredColumn column) {
        return column.typeName().equals("oid");
    }
}
