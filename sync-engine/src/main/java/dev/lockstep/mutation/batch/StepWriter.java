package dev.lockstep.mutation.batch;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.catalog.TableConstraints;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.collection.write.RowWrite;
import dev.lockstep.collection.write.ValueRelease;
import dev.lockstep.collection.write.WriteSteps.Held;
import dev.lockstep.collection.write.WriteSteps.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes the steps of a batch's rows to the database, in order. Belongs to one transaction. */
final class StepWriter {
    private final RowRepository stored;
    private final Connection connection;
    private final Map<CollectionModel, Optional<TableConstraints>> tables;
    private final List<RowImage> wanted = new ArrayList<>();

    StepWriter(
            RowRepository stored,
            Connection connection,
            Map<CollectionModel, Optional<TableConstraints>> tables,
            List<RowImage> updated,
            List<RowImage> inserted) {
        this.stored = stored;
        this.connection = connection;
        this.tables = tables;
        wanted.addAll(updated);
        wanted.addAll(inserted);
    }

    /**
     * Writes steps.
     *
     * @param orNothing whether to stop if rows of the first step cannot release their values. Otherwise they keep them, and
     *     the database refuses the rows that need them
     * @return false if it stopped
     */
    boolean send(List<Step> steps, boolean orNothing) throws SQLException {
        boolean first = true;
        for (Step step : steps) {
            switch (step) {
                case Step.Write write -> write.writes().forEach(this::write);
                case Step.Release release -> {
                    if (!release(release.held()) && first && orNothing) {
                        return false;
                    }
                }
                case Step.InsertWithout insert ->
                    insert.rows().forEach((row, fields) -> stored.insert(row.without(fields)));
                case Step.Refer refer -> refer(refer.rows());
            }
            stored.flush();
            first = false;
        }
        return true;
    }

    private void write(RowWrite write) {
        if (write.after().isEmpty()) {
            write.before().ifPresent(row -> stored.remove(row.model(), row.id()));
        } else if (write.before().isEmpty()) {
            stored.insert(write.after().get());
        } else {
            stored.update(write.after().get());
        }
    }

    private boolean release(List<Held> held) throws SQLException {
        Map<CollectionModel, List<Held>> byModel = new LinkedHashMap<>();
        held.forEach(each -> byModel.computeIfAbsent(each.row().model(), first -> new ArrayList<>())
                .add(each));
        for (Map.Entry<CollectionModel, List<Held>> some : byModel.entrySet()) {
            if (!values(some.getKey()).release(some.getValue(), wanted)) {
                return false;
            }
        }
        return true;
    }

    private void refer(Map<RowImage, Set<FieldModel>> rows) throws SQLException {
        for (Map.Entry<CollectionModel, Map<RowImage, Set<FieldModel>>> some :
                byModel(rows).entrySet()) {
            values(some.getKey()).refer(some.getValue());
        }
    }

    private ValueRelease values(CollectionModel model) {
        TableConstraints table = tables.getOrDefault(model, Optional.empty()).orElseThrow();
        return new ValueRelease(connection, table, model.idFields());
    }

    private static Map<CollectionModel, Map<RowImage, Set<FieldModel>>> byModel(Map<RowImage, Set<FieldModel>> rows) {
        Map<CollectionModel, Map<RowImage, Set<FieldModel>>> byModel = new LinkedHashMap<>();
        rows.forEach((row, fields) -> byModel.computeIfAbsent(row.model(), first -> new LinkedHashMap<>())
                .put(row, fields));
        return byModel;
    }
}
