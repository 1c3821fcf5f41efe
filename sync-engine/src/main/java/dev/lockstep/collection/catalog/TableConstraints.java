package dev.lockstep.collection.catalog;

import dev.lockstep.collection.FieldModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The constraints of a collection's table in the database's catalog. Immutable.
 *
 * @param columns by their fields
 * @param unique unique constraints and indexes, the primary key included
 * @param references foreign keys of the table
 * @param referenced foreign keys that refer to the table, including its own
 * @param checks check constraints
 */
public record TableConstraints(
        TableName table,
        Map<FieldModel, TableColumn> columns,
        List<UniqueKey> unique,
        List<ForeignKey> references,
        List<ForeignKey> referenced,
        List<Check> checks) {
    public TableConstraints {
        columns = Map.copyOf(columns);
        unique = List.copyOf(unique);
        references = List.copyOf(references);
        referenced = List.copyOf(referenced);
        checks = List.copyOf(checks);
    }

    /** A constraint or index with a name. */
    public sealed interface Named {
        String name();
    }

    /**
     * A unique constraint or index.
     *
     * @param fields its fields, including those in its expressions
     * @param conditions the fields in the condition of a partial index
     * @param exact whether it consists of these fields only, without an expression or another column
     */
    public record UniqueKey(String name, List<FieldModel> fields, List<FieldModel> conditions, boolean exact)
            implements Named {
        public UniqueKey {
            fields = List.copyOf(fields);
            conditions = List.copyOf(conditions);
        }
    }

    /** A check constraint and its fields. */
    public record Check(String name, List<FieldModel> fields) implements Named {
        public Check {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A foreign key. Its columns are in the same order on both sides.
     *
     * @param child the referring table
     * @param parent the referenced table
     */
    public record ForeignKey(
            String name,
            TableName child,
            List<String> childColumns,
            TableName parent,
            List<String> parentColumns,
            Rules rules)
            implements Named {
        public ForeignKey {
            childColumns = List.copyOf(childColumns);
            parentColumns = List.copyOf(parentColumns);
        }

        /**
         * The effects of changes of a parent, as in {@link java.sql.DatabaseMetaData#getImportedKeys}.
         *
         * @param onUpdate the effect of another id
         * @param onDelete the effect of a delete
         */
        record Rules(short onUpdate, short onDelete) {}

        /** The key with further columns. */
        ForeignKey and(ForeignKey further) {
            return new ForeignKey(
                    name,
                    child,
                    joined(childColumns, further.childColumns),
                    parent,
                    joined(parentColumns, further.parentColumns),
                    rules);
        }

        private static List<String> joined(List<String> first, List<String> second) {
            return Stream.concat(first.stream(), second.stream()).toList();
        }
    }

    /**
     * A column.
     *
     * @param name the database's name of the column
     * @param type one of {@link java.sql.Types}
     * @param size characters of a text, digits of a number; 0 if unlimited
     * @param digits digits after the point
     */
    public record TableColumn(String name, int type, int size, int digits, boolean nullable) {}

    /** The first of these constraints that a message of the database names. */
    public Optional<Named> named(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        int first = Integer.MAX_VALUE;
        Named found = null;
        List<Named> all = new ArrayList<>(unique);
        all.addAll(references);
        all.addAll(referenced);
        all.addAll(checks);
        for (Named constraint : all) {
            String name = constraint.name().toLowerCase(Locale.ROOT);
            int at = wordAt(text, name);
            boolean isLonger = found != null && name.length() > found.name().length();
            if (at >= 0 && (at < first || (at == first && isLonger))) {
                first = at;
                found = constraint;
            }
        }
        return Optional.ofNullable(found);
    }

    /** The field of the first column that a message of the database names. */
    public Optional<FieldModel> fieldNamed(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        int first = Integer.MAX_VALUE;
        FieldModel found = null;
        for (Map.Entry<FieldModel, TableColumn> column : columns.entrySet()) {
            String name = column.getValue().name().toLowerCase(Locale.ROOT);
            // Databases quote the names of columns: an unquoted word of the message is not a column.
            int at = text.indexOf('"' + name + '"');
            at = at < 0 ? text.indexOf('"' + name + ' ') : at;
            if (at >= 0 && at < first) {
                first = at;
                found = column.getKey();
            }
        }
        return Optional.ofNullable(found);
    }

    /** The field of a column, by the database's name. */
    public Optional<FieldModel> field(String name) {
        return columns.entrySet().stream()
                .filter(column -> column.getValue().name().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static int wordAt(String text, String name) {
        int at = text.indexOf(name);
        while (at >= 0) {
            int end = at + name.length();
            boolean begins = at == 0 || !isWord(text.charAt(at - 1));
            boolean ends = end == text.length() || !isWord(text.charAt(end));
            if (begins && ends) {
                return at;
            }
            at = text.indexOf(name, at + 1);
        }
        return -1;
    }

    private static boolean isWord(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$';
    }
}
