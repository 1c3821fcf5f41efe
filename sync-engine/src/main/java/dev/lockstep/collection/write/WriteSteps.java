package dev.lockstep.collection.write;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.catalog.TableConstraints;
import dev.lockstep.collection.catalog.TableName;
import dev.lockstep.collection.write.WriteDependencies.Edge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An order of writes that the keys of their tables allow, as steps; the writes of one step are independent of each other.
 * In a cycle, for example of rows that swap unique values, some rows release their values first. If that is impossible,
 * the last step contains the remaining writes, and the database decides.
 */
public final class WriteSteps {
    /** Longest chain of steps in sequence. In a longer one, all rows release their values first. */
    private static final int CHAIN_MAX = 12;

    /** One step; it is complete before the next one begins. */
    public sealed interface Step {
        /** Writes rows. */
        record Write(List<RowWrite> writes) implements Step {
            public Write {
                writes = List.copyOf(writes);
            }
        }

        /** Releases the values of stored rows until they are written. */
        record Release(List<Held> held) implements Step {
            public Release {
                held = List.copyOf(held);
            }
        }

        /** Inserts rows without these references, which {@link Refer} adds. */
        record InsertWithout(Map<RowImage, Set<FieldModel>> rows) implements Step {}

        /** Sets these references of inserted rows. */
        record Refer(Map<RowImage, Set<FieldModel>> rows) implements Step {}
    }

    /** The rows that release their values. */
    public enum Releases {
        /** All rows that block others, if a chain is long or there is a cycle. */
        ALL,
        /** One row after another, and only in cycles: for columns with few possible values. */
        EACH
    }

    /** The values of a stored row in one key; another value in one of the fields releases them. */
    public record Held(RowImage row, List<FieldModel> fields) {
        public Held {
            fields = List.copyOf(fields);
        }
    }

    private final List<RowWrite> writes;
    private final Releases releases;
    private final Function<CollectionModel, Optional<TableConstraints>> catalog;
    private final List<Set<Edge>> incoming = new ArrayList<>();
    private final List<List<Edge>> outgoing = new ArrayList<>();
    private final Set<Integer> remaining = new LinkedHashSet<>();
    private final Map<Integer, Set<FieldModel>> withoutReferences = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();

    private WriteSteps(
            List<RowWrite> writes, Releases releases, Function<CollectionModel, Optional<TableConstraints>> catalog) {
        this.writes = writes;
        this.releases = releases;
        this.catalog = catalog;
        for (int i = 0; i < writes.size(); i++) {
            incoming.add(new LinkedHashSet<>());
            outgoing.add(new ArrayList<>());
            remaining.add(i);
        }
        for (Edge edge : WriteDependencies.of(writes, catalog)) {
            incoming.get(edge.after()).add(edge);
            outgoing.get(edge.before()).add(edge);
        }
    }

    /**
     * The steps of some writes.
     *
     * @param catalog the constraints of collections' tables
     */
    public static List<Step> of(
            List<RowWrite> writes, Releases releases, Function<CollectionModel, Optional<TableConstraints>> catalog) {
        List<Step> inSequence = new WriteSteps(writes, releases, catalog).inSequence();
        boolean isEnough =
                inSequence.size() <= CHAIN_MAX && inSequence.stream().noneMatch(Step.Release.class::isInstance);
        if (releases == Releases.EACH || isEnough) {
            return inSequence;
        }
        WriteSteps released = new WriteSteps(writes, releases, catalog);
        released.release(true); // first, so that a release that is impossible is found before anything is written
        return released.inSequence();
    }

    private List<Step> inSequence() {
        while (!remaining.isEmpty()) {
            List<Integer> free = remaining.stream()
                    .filter(write -> incoming.get(write).isEmpty())
                    .toList();
            if (!free.isEmpty()) {
                write(free);
            } else if (!release(true) && !insertWithout() && !release(false)) {
                write(List.copyOf(remaining));
            }
        }
        return steps;
    }

    private void write(List<Integer> some) {
        List<RowWrite> whole = some.stream()
                .filter(write -> !withoutReferences.containsKey(write))
                .map(writes::get)
                .toList();
        if (!whole.isEmpty()) {
            steps.add(new Step.Write(whole));
        }
        Map<RowImage, Set<FieldModel>> referring = new LinkedHashMap<>();
        some.stream()
                .filter(withoutReferences::containsKey)
                .forEach(write -> referring.put(
                        writes.get(write).after().orElseThrow(), withoutReferences.getOrDefault(write, Set.of())));
        if (!referring.isEmpty()) {
            steps.add(new Step.Refer(referring));
        }
        for (int write : some) {
            remaining.remove(write);
            remove(outgoing.get(write));
        }
    }

    private void remove(List<Edge> edges) {
        edges.forEach(edge -> incoming.get(edge.after()).remove(edge));
    }

    /** Releases unique values, or references that may be null; returns whether there were any. */
    private boolean release(boolean unique) {
        List<Held> held = new ArrayList<>();
        for (int write : remaining) {
            List<Edge> blocking = outgoing.get(write).stream()
                    .filter(edge -> edge.unique() == unique
                            && incoming.get(edge.after()).contains(edge))
                    .filter(edge -> unique || areNullable(writes.get(write), edge.fields()))
                    .toList();
            RowImage row = writes.get(write).before().orElse(null);
            if (row != null && !blocking.isEmpty()) {
                blocking.stream()
                        .map(edge -> changed(writes.get(write), edge.fields()))
                        .distinct()
                        .forEach(fields -> held.add(new Held(row, fields)));
                remove(blocking);
                if (releases == Releases.EACH) {
                    break;
                }
            }
        }
        if (!held.isEmpty()) {
            steps.add(new Step.Release(held));
        }
        return !held.isEmpty();
    }

    /** The fields that the write changes; all fields, if it changes none. */
    private static List<FieldModel> changed(RowWrite write, List<FieldModel> fields) {
        RowImage was = write.before().orElseThrow();
        List<FieldModel> changed = fields.stream()
                .filter(field -> write.after()
                        .filter(is -> Objects.equals(is.get(field), was.get(field)))
                        .isEmpty())
                .toList();
        return changed.isEmpty() ? fields : changed;
    }

    /** Inserts new rows of a cycle without the references that form it; returns whether there were any. */
    private boolean insertWithout() {
        Map<RowImage, Set<FieldModel>> rows = new LinkedHashMap<>();
        for (int write : remaining) {
            RowWrite row = writes.get(write);
            Set<FieldModel> missing = new LinkedHashSet<>();
            boolean can = row.isInsert() && !withoutReferences.containsKey(write);
            for (Edge edge : incoming.get(write)) {
                List<FieldModel> fields = referring(row, edge);
                can &= !edge.unique() && !fields.isEmpty() && areNullable(row, fields);
                missing.addAll(fields);
            }
            if (can) {
                rows.put(row.after().orElseThrow(), missing);
                withoutReferences.put(write, missing);
            }
        }
        if (rows.isEmpty()) {
            return false;
        }
        steps.add(new Step.InsertWithout(rows));
        withoutReferences.keySet().forEach(write -> remove(outgoing.get(write)));
        return true;
    }

    /** The fields of a new row that refer to the row that must be inserted before it. */
    private List<FieldModel> referring(RowWrite row, Edge edge) {
        TableName parent = catalog.apply(writes.get(edge.before()).model())
                .map(TableConstraints::table)
                .orElse(null);
        TableConstraints table = catalog.apply(row.model()).orElse(null);
        return table == null
                ? List.of()
                : table.references().stream()
                        .filter(key -> key.parent().equals(parent))
                        .flatMap(key -> key.childColumns().stream())
                        .flatMap(column -> table.field(column).stream())
                        .toList();
    }

    private boolean areNullable(RowWrite write, List<FieldModel> fields) {
        Map<FieldModel, TableConstraints.TableColumn> columns =
                catalog.apply(write.model()).map(TableConstraints::columns).orElse(Map.of());
        return fields.stream()
                .allMatch(field ->
                        columns.containsKey(field) && columns.get(field).nullable());
    }
}
