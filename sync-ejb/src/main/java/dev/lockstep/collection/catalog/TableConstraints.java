package dev.lockstep.collection.catalog;

import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.TableNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The constraints of the database on the table of a collection, as its catalog says. Immutable.
 *
 * @param table the table, as the database names it
 * @param columns by the fields that they hold
 * @param unique what no two rows may share, the primary key among it
 * @param references foreign keys of the table
 * @param referenced foreign keys of other tables, and of its own, that hold its rows
 * @param checks check constraints
 */
public record TableConstraints(
        String table,
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
     * @param fields its fields; those that an expression of it names, too
     * @param conditions the fields that decide whether it holds for a row: those of a partial index
     * @param exact whether it is about the values of these fields and nothing else: no expression, no other column
     */
    public record UniqueKey(String name, List<FieldModel> fields, List<FieldModel> conditions, boolean exact)
            implements Named {
        public UniqueKey {
            fields = List.copyOf(fields);
            conditions = List.copyOf(conditions);
        }
    }

    /** A check constraint, and the fields that it is about. */
    public record Check(String name, List<FieldModel> fields) implements Named {
        public Check {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A foreign key. Its columns stand in the same order on both sides.
     *
     * @param child the table that refers, folded to lower case
     * @param childColumns folded to lower case
     * @param parent the table that is referred to, folded to lower case
     * @param parentColumns folded to lower case
     */
    public record ForeignKey(
            String name, String child, List<String> childColumns, String parent, List<String> parentColumns)
            implements Named {
        public ForeignKey {
            childColumns = List.copyOf(childColumns);
            parentColumns = List.copyOf(parentColumns);
        }
    }

    /**
     * A column.
     *
     * @param name as the database has it
     * @param type one of {@link java.sql.Types}
     * @param size characters of a text, digits of a number; 0 if it is not limited
     * @param digits digits after the point
     */
    public record TableColumn(String name, int type, int size, int digits, boolean nullable) {}

    /** The constraint that a message of the database names first, if it is one of these. */
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

    /** The field whose column a message of the database names first. */
    public Optional<FieldModel> fieldNamed(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        int first = Integer.MAX_VALUE;
        FieldModel found = null;
        for (Map.Entry<FieldModel, TableColumn> column : columns.entrySet()) {
            String name = column.getValue().name().toLowerCase(Locale.ROOT);
            // Databases quote what they name: a word of the sentence around it is no column.
            int at = text.indexOf('"' + name + '"');
            at = at < 0 ? text.indexOf('"' + name + ' ') : at;
            if (at >= 0 && at < first) {
                first = at;
                found = column.getKey();
            }
        }
        return Optional.ofNullable(found);
    }

    /** The field that a column holds, by its folded name. */
    public Optional<FieldModel> field(String folded) {
        return columns.entrySet().stream()
                .filter(column -> TableNames.folded(column.getValue().name()).equals(folded))
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
