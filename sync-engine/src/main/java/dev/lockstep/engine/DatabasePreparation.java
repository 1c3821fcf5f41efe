package dev.lockstep.engine;

import dev.lockstep.api.Seq;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.catalog.ExistingRows;
import dev.lockstep.collection.catalog.ForeignKeyCheck;
import dev.lockstep.collection.catalog.GeneratedIdCheck;
import dev.lockstep.collection.catalog.MappingCheck;
import dev.lockstep.collection.catalog.StoredTables;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.ContainerResources;
import dev.lockstep.database.Schema;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.Transactions.Scope;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.CollectionShapes;
import dev.lockstep.metrics.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Brings the database to the state that the collections need, and checks that it suits them. */
@ApplicationScoped
class DatabasePreparation {
    private static final Logger LOG = System.getLogger(DatabasePreparation.class.getName());

    @Inject
    private ContainerResources resources;

    @Inject
    private CollectionRegistry collections;

    @Inject
    private Transactions transactions;

    @Inject
    private ActionLog log;

    @Inject
    private InstantSource clock;

    @Inject
    private Metrics metrics;

    /**
     * Migrates the schemas of the engine and of all applications, and checks mapping and tables.
     *
     * @throws RuntimeException if a migration or a check fails, or the database does not answer
     */
    void prepare() {
        DataSource dataSource = resources.dataSource();
        try {
            new Schema(dataSource, DatabasePreparation.class.getClassLoader()).migrate(collections.applications());
            new MappingCheck(collections, transactions).check();
            try (Connection connection = dataSource.getConnection()) {
                new ForeignKeyCheck(collections).check(connection);
                new GeneratedIdCheck(collections).check(connection);
                new StoredTables(collections).read(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be prepared: " + e.getMessage(), e);
        }
        updateShapes();
        collections.applications().forEach(metrics::of);
    }

    private void updateShapes() {
        List<CollectionShapes.Shape> shapes = collections.applications().stream()
                .flatMap(application -> collections.of(application).stream())
                .map(model -> new CollectionShapes.Shape(model.application(), model.name(), model.shape()))
                .toList();
        floors(shapes)
                .forEach((application, floor) -> LOG.log(
                        Level.INFO,
                        "application={0}: a collection has other fields, or is new and has rows; clients with a cursor"
                                + " before seq={1} read everything again",
                        application,
                        String.valueOf(floor.value())));
    }

    /** Stores the shapes. Another node that starts may store the same ones first: then nothing is left to do. */
    private Map<String, Seq> floors(List<CollectionShapes.Shape> shapes) {
        try {
            return transactions.run(scope -> update(scope, shapes));
        } catch (TransactionFailed storedMeanwhile) {
            return transactions.run(scope -> update(scope, shapes));
        }
    }

    private Map<String, Seq> update(Scope scope, List<CollectionShapes.Shape> shapes) throws SQLException {
        Instant now = clock.instant();
        CollectionShapes stored = new CollectionShapes(log);
        List<CollectionShapes.Shape> withRows = stored.changed(scope.connection(), shapes).stream()
                .filter(shape -> new ExistingRows(scope, model(shape)).takeOver(now))
                .toList();
        return stored.update(scope.connection(), shapes, withRows, ChronoUnit.MICROS.between(Instant.EPOCH, now));
    }

    private CollectionModel model(CollectionShapes.Shape shape) {
        return collections.find(shape.application(), shape.collection()).orElseThrow();
    }
}
