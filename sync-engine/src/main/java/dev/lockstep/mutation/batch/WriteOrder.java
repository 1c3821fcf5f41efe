package dev.lockstep.mutation.batch;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.References;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.catalog.ConstraintCatalog;
import dev.lockstep.collection.catalog.TableConstraints;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.collection.write.DeleteOrder;
import dev.lockstep.collection.write.InsertOrder;
import dev.lockstep.collection.write.RowWrite;
import dev.lockstep.collection.write.WriteSteps;
import dev.lockstep.collection.write.WriteSteps.Releases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a batch in an order that keys allow. The persistence provider sends inserts, updates and removals in
 * this order and does not know references, so rows that must be written earlier are flushed separately. Belongs to one
 * transaction.
 */
final class WriteOrder {
    private final RowRepository stored;
    private final References references;
    private final List<RowImage> inserted = new ArrayList<>();
    private final List<RowImage> updated = new ArrayList<>();
    private final List<RowImage> before = new ArrayList<>();
    private final List<RowImage> removed = new ArrayList<>();

    WriteOrder(RowRepository stored, References references) {
        this.stored = stored;
        this.references = references;
    }

    /**
     * Adds a row.
     *
     * @param stored the row as it is stored; null if it is not
     * @param written the row to write; empty to remove it
     */
    void add(@Nullable RowImage stored, Optional<RowImage> written) {
        if (written.isPresent() && stored != null) {
            before.add(stored);
            updated.add(written.get());
        } else if (written.isPresent()) {
            inserted.add(written.get());
        } else if (stored != null) {
            removed.add(stored);
        }
    }

    void send() {
        DeleteOrder removals = DeleteOrder.of(references, removed);
        if (!removals.withoutCycles().isEmpty()) {
            removals.withoutCycles().forEach(stored::update);
            stored.flush();
        }
        // An insert may need a value that a removal frees. Rows that other rows refer to until these are updated are
        // removed last.
        boolean frees = hasDeletesAndInserts();
        Set<RowImage> last = frees ? removals.referencedBy(before) : Set.of();
        if (frees) {
            remove(removals, row -> !last.contains(row));
            stored.flush();
        }
        insert();
        updated.forEach(stored::update);
        remove(removals, row -> !frees || last.contains(row));
        stored.flush();
    }

    /**
     * The same in an order that every key of the tables allows, after the database has refused the simple order: in several
     * steps, where rows first release values that other rows take.
     */
    void sendInSteps(Connection connection, ConstraintCatalog catalog) throws SQLException {
        Map<CollectionModel, Optional<TableConstraints>> tables = new HashMap<>();
        List<RowWrite> writes = new ArrayList<>();
        inserted.forEach(row -> writes.add(RowWrite.insert(row)));
        for (int i = 0; i < updated.size(); i++) {
            writes.add(RowWrite.update(before.get(i), updated.get(i)));
        }
        DeleteOrder.of(references, removed).childrenFirst().forEach(row -> writes.add(RowWrite.remove(row)));
        for (RowWrite write : writes) {
            if (!tables.containsKey(write.model())) {
                tables.put(write.model(), catalog.of(connection, write.model()));
            }
        }
        StepWriter writer = new StepWriter(stored, connection, tables, updated, inserted);
        if (!writer.send(WriteSteps.of(writes, Releases.ALL, tables::get), true)) {
            writer.send(WriteSteps.of(writes, Releases.EACH, tables::get), false);
        }
    }

    /** Whether rows of one collection are both removed and inserted. */
    private boolean hasDeletesAndInserts() {
        Set<CollectionModel> models = new HashSet<>();
        removed.forEach(row -> models.add(row.model()));
        return inserted.stream().anyMatch(row -> models.contains(row.model()));
    }

    private void insert() {
        Iterator<List<RowImage>> levels =
                InsertOrder.parentsFirst(references, inserted).iterator();
        while (levels.hasNext()) {
            levels.next().forEach(stored::insert);
            if (levels.hasNext()) {
                stored.flush();
            }
        }
    }

    private void remove(DeleteOrder removals, Predicate<RowImage> which) {
        removals.childrenFirst().stream().filter(which).forEach(row -> stored.remove(row.model(), row.id()));
    }
}
