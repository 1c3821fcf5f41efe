package dev.lockstep.collection.write;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.TableNames;
import dev.lockstep.collection.catalog.TableConstraints;
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
 * Writes in an order that the keys of their tables allow, as steps: what is in one step does not depend on each other.
 * Where writes depend on each other in a circle, as those that swap unique values do, some rows let go of their values
 * first. Where that cannot be, the last step holds what is left, and the database decides.
 */
public final class WriteSteps {
    /** Longest chain that is written one after another. In a longer one all rows let go of their values first. */
    private static final int CHAIN_MAX = 12;

    /** Runs before the next step begins. */
    public sealed interface Step {
        /** These rows are written. */
        record Write(List<RowWrite> writes) implements Step {
            public Write {
                writes = List.copyOf(writes);
            }
        }

        /** These stored rows let go of what they hold, until they are written. */
        record Release(List<Held> held) implements Step {
            public Release {
                held = List.copyOf(held);
            }
        }

        /** These rows are inserted without these references, which {@link Refer} adds. */
        record InsertWithout(Map<RowImage, Set<FieldModel>> rows) implements Step {}

        /** These rows, which are inserted, get these references. */
        record Refer(Map<RowImage, Set<FieldModel>> rows) implements Step {}
    }

    /** Which rows let go of their values. */
    public enum Releases {
        /** All that are in another's way, where a chain is long or they depend on each other in a circle. */
        ALL,
        /** One after another, and only in circles: where there are few values to change to. */
        EACH
    }

    /** The values of a stored row in one key; another value in one of the fields frees them. */
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
    private final Set<Integer> left = new LinkedHashSet<>();
    private final Map<Integer, Set<FieldModel>> loose = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();

    private WriteSteps(
            List<RowWrite> writes, Releases releases, Function<CollectionModel, Optional<TableConstraints>> catalog) {
        this.writes = writes;
        this.releases = releases;
        this.catalog = catalog;
        for (int i = 0; i < writes.size(); i++) {
            incoming.add(new LinkedHashSet<>());
            outgoing.add(new ArrayList<>());
            left.add(i);
        }
        for (Edge edge : WriteDependencies.of(writes, catalog)) {
            incoming.get(edge.after()).add(edge);
            outgoing.get(edge.before()).add(edge);
        }
    }

    /**
     * The steps of some writes.
     *
     * @param catalog what is enforced on the tables of collections
     */
    public static List<Step> of(
            List<RowWrite> writes, Releases releases, Function<CollectionModel, Optional<TableConstraints>> catalog) {
        List<Step> inTurn = new WriteSteps(writes, releases, catalog).inTurn();
        boolean isEnough = inTurn.size() <= CHAIN_MAX && inTurn.stream().noneMatch(Step.Release.class::isInstance);
        if (releases == Releases.EACH || isEnough) {
            return inTurn;
        }
        WriteSteps released = new WriteSteps(writes, releases, catalog);
        released.release(true); // first of all: what cannot be released is found before anything is written
        return released.inTurn();
    }

    private List<Step> inTurn() {
        while (!left.isEmpty()) {
            List<Integer> free =
                    left.stream().filter(write -> incoming.get(write).isEmpty()).toList();
            if (!free.isEmpty()) {
                write(free);
            } else if (!release(true) && !insertWithout() && !release(false)) {
                write(List.copyOf(left));
            }
        }
        return steps;
    }

    private void write(List<Integer> some) {
        List<RowWrite> whole = some.stream()
                .filter(write -> !loose.containsKey(write))
                .map(writes::get)
                .toList();
        if (!whole.isEmpty()) {
            steps.add(new Step.Write(whole));
        }
        Map<RowImage, Set<FieldModel>> referring = new LinkedHashMap<>();
        some.stream()
                .filter(loose::containsKey)
                .forEach(write ->
                        referring.put(writes.get(write).after().orElseThrow(), loose.getOrDefault(write, Set.of())));
        if (!referring.isEmpty()) {
            steps.add(new Step.Refer(referring));
        }
        for (int write : some) {
            left.remove(write);
            remove(outgoing.get(write));
        }
    }

    private void remove(List<Edge> edges) {
        edges.forEach(edge -> incoming.get(edge.after()).remove(edge));
    }

    /** Stored rows let go of unique values, or of references that may be null; whether there are any that can. */
    private boolean release(boolean unique) {
        List<Held> held = new ArrayList<>();
        for (int write : left) {
            List<Edge> inTheWay = outgoing.get(write).stream()
                    .filter(edge -> edge.unique() == unique
                            && incoming.get(edge.after()).contains(edge))
                    .filter(edge -> unique || areNullable(writes.get(write), edge.fields()))
                    .toList();
            RowImage row = writes.get(write).before().orElse(null);
            if (row != null && !inTheWay.isEmpty()) {
                inTheWay.stream()
                        .map(edge -> changed(writes.get(write), edge.fields()))
                        .distinct()
                        .forEach(fields -> held.add(new Held(row, fields)));
                remove(inTheWay);
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

    /** Fields that get another value when the row is written; all, if none does. */
    private static List<FieldModel> changed(RowWrite write, List<FieldModel> fields) {
        RowImage was = write.before().orElseThrow();
        List<FieldModel> changed = fields.stream()
                .filter(field -> write.after()
                        .filter(is -> Objects.equals(is.get(field), was.get(field)))
                        .isEmpty())
                .toList();
        return changed.isEmpty() ? fields : changed;
    }

    /** New rows of a circle come without the references that hold them there; whether there are any that can. */
    private boolean insertWithout() {
        Map<RowImage, Set<FieldModel>> rows = new LinkedHashMap<>();
        for (int write : left) {
            RowWrite row = writes.get(write);
            Set<FieldModel> missing = new LinkedHashSet<>();
            boolean can = row.isInsert() && !loose.containsKey(write);
            for (Edge edge : incoming.get(write)) {
                List<FieldModel> fields = referring(row, edge);
                can &= !edge.unique() && !fields.isEmpty() && areNullable(row, fields);
                missing.addAll(fields);
            }
            if (can) {
                rows.put(row.after().orElseThrow(), missing);
                loose.put(write, missing);
            }
        }
        if (rows.isEmpty()) {
            return false;
        }
        steps.add(new Step.InsertWithout(rows));
        loose.keySet().forEach(write -> remove(outgoing.get(write)));
        return true;
    }

    /** The fields of a new row that refer to the row that is inserted before it. */
    private List<FieldModel> referring(RowWrite row, Edge edge) {
        String parent = catalog.apply(writes.get(edge.before()).model())
                .map(TableConstraints::table)
                .map(TableNames::folded)
                .orElse("");
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
