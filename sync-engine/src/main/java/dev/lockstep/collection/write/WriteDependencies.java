package dev.lockstep.collection.write;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.catalog.TableConstraints;
import dev.lockstep.collection.catalog.TableConstraints.ForeignKey;
import dev.lockstep.collection.catalog.TableConstraints.UniqueKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The order between writes that the unique keys and foreign keys of their tables require: a value is freed before it is
 * taken, a parent is written before its children, children before their parent is deleted.
 */
final class WriteDependencies {
    /**
     * One write must precede another.
     *
     * @param fields the fields of the first whose values block the second
     */
    record Edge(int before, int after, boolean unique, List<FieldModel> fields) {}

    /** Values of one constraint. */
    private record Token(String constraint, List<String> values) {}

    private record Holder(int write, List<FieldModel> fields) {}

    private final List<RowWrite> writes;
    private final Function<CollectionModel, Optional<TableConstraints>> catalog;
    private final Map<Token, List<Holder>> frees = new HashMap<>();
    private final Map<Token, List<Holder>> takes = new HashMap<>();
    private final Map<Token, List<Holder>> provides = new HashMap<>();
    private final Map<Token, List<Holder>> needs = new HashMap<>();
    private final Map<Token, List<Holder>> leaves = new HashMap<>();
    private final Map<Token, List<Holder>> ends = new HashMap<>();

    private WriteDependencies(List<RowWrite> writes, Function<CollectionModel, Optional<TableConstraints>> catalog) {
        this.writes = writes;
        this.catalog = catalog;
    }

    static List<Edge> of(List<RowWrite> writes, Function<CollectionModel, Optional<TableConstraints>> catalog) {
        WriteDependencies dependencies = new WriteDependencies(writes, catalog);
        for (int i = 0; i < writes.size(); i++) {
            dependencies.add(i);
        }
        return dependencies.edges();
    }

    private List<Edge> edges() {
        Set<Edge> edges = new LinkedHashSet<>();
        join(edges, frees, takes, true);
        join(edges, provides, needs, false);
        join(edges, leaves, ends, false);
        return List.copyOf(edges);
    }

    private static void join(
            Set<Edge> edges, Map<Token, List<Holder>> first, Map<Token, List<Holder>> then, boolean unique) {
        first.forEach((token, holders) -> {
            for (Holder before : holders) {
                for (Holder after : then.getOrDefault(token, List.of())) {
                    if (before.write() != after.write()) {
                        edges.add(new Edge(before.write(), after.write(), unique, before.fields()));
                    }
                }
            }
        });
    }

    private void add(int index) {
        RowWrite write = writes.get(index);
        TableConstraints table = catalog.apply(write.model()).orElse(null);
        if (table == null) {
            return;
        }
        for (UniqueKey key : table.unique()) {
            addUnique(index, write, table, key);
        }
        for (ForeignKey key : table.references()) {
            fields(table, key.childColumns()).ifPresent(fields -> addReference(index, write, key, fields));
        }
        for (ForeignKey key : table.referenced()) {
            fields(table, key.parentColumns()).ifPresent(fields -> addReferenced(index, write, key, fields));
        }
    }

    private void addUnique(int index, RowWrite write, TableConstraints table, UniqueKey key) {
        if (key.fields().isEmpty()) {
            return;
        }
        String name = table.table().sql() + key.name();
        Token was = token(name, key.fields(), write.before(), key.exact());
        Token is = token(name, key.fields(), write.after(), key.exact());
        boolean stays = Objects.equals(was, is) && !isChanged(write, key.conditions());
        if (!stays) {
            put(frees, was, index, key.fields());
            put(takes, is, index, key.fields());
        }
    }

    private static boolean isChanged(RowWrite write, List<FieldModel> fields) {
        return fields.stream()
                .anyMatch(field -> !Objects.equals(
                        write.before().map(row -> row.get(field)).orElse(null),
                        write.after().map(row -> row.get(field)).orElse(null)));
    }

    private void addReference(int index, RowWrite write, ForeignKey key, List<FieldModel> fields) {
        String name = key.parent().sql() + key.parentColumns();
        Token was = token(name, fields, write.before(), true);
        Token is = token(name, fields, write.after(), true);
        if (!Objects.equals(was, is)) {
            put(leaves, was, index, fields);
            put(needs, is, index, fields);
        }
    }

    private void addReferenced(int index, RowWrite write, ForeignKey key, List<FieldModel> fields) {
        String name = key.parent().sql() + key.parentColumns();
        Token was = token(name, fields, write.before(), true);
        Token is = token(name, fields, write.after(), true);
        if (!Objects.equals(was, is)) {
            put(ends, was, index, fields);
            put(provides, is, index, fields);
        }
    }

    private static Optional<List<FieldModel>> fields(TableConstraints table, List<String> columns) {
        List<FieldModel> fields = new ArrayList<>();
        for (String column : columns) {
            table.field(column).ifPresent(fields::add);
        }
        return fields.size() == columns.size() ? Optional.of(fields) : Optional.empty();
    }

    private static void put(
            Map<Token, List<Holder>> tokens, @Nullable Token token, int write, List<FieldModel> fields) {
        if (token != null) {
            tokens.computeIfAbsent(token, first -> new ArrayList<>()).add(new Holder(write, fields));
        }
    }

    /** The key values of a row; null if there is no row, or if a value is NULL, which no key covers. */
    private static @Nullable Token token(
            String constraint, List<FieldModel> fields, Optional<RowImage> row, boolean exact) {
        if (row.isEmpty()) {
            return null;
        }
        List<String> values = new ArrayList<>(fields.size());
        for (FieldModel field : fields) {
            Object value = row.get().get(field);
            if (value == null) {
                return null;
            }
            String text = text(value);
            values.add(exact ? text : text.strip().toLowerCase(Locale.ROOT));
        }
        return new Token(constraint, values);
    }

    // For a key, 2 and 2.00 are the same value.
    private static String text(Object value) {
        return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : value.toString();
    }
}
