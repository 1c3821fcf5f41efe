package dev.lockstep.collection.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.shape.AccessShapes;
import dev.lockstep.sample.shape.CollectionShapes;
import dev.lockstep.sample.shape.IdShapes;
import dev.lockstep.sample.shape.InheritanceShapes;
import dev.lockstep.sample.shape.KeyShapes;
import dev.lockstep.sample.shape.RelationShapes;
import dev.lockstep.sample.shape.Shape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class UnmappedColumnsTest {
    private final TestDatabase database;

    UnmappedColumnsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    private List<String> unfillable(Collection<CollectionModel> models) throws SQLException {
        List<Class<?>> entities =
                models.stream().<Class<?>>map(CollectionModel::entity).toList();
        List<String> sentences = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection()) {
            DatabaseCatalog catalog = new DatabaseCatalog(connection);
            for (CollectionModel model : models) {
                Optional<StoredTable> table = catalog.table(model.entity()); // some are in the table of a superclass
                if (table.isPresent()) {
                    sentences.addAll(new UnmappedColumns(model, table.get()).unfillable(catalog, entities));
                }
            }
        }
        return sentences;
    }

    @Test
    @Tag("ENT33")
    @DisplayName("[ENT33] no mapping of a sample is taken for a column without a field")
    void mapped() throws SQLException {
        assertThat(unfillable(TestDatabase.collections().all())).isEmpty();
        for (Shape shape : Stream.of(
                        IdShapes.all(),
                        KeyShapes.all(),
                        RelationShapes.all(),
                        AccessShapes.all(),
                        InheritanceShapes.all(),
                        CollectionShapes.all())
                .flatMap(some -> some)
                .toList()) {
            shape.after().forEach(database::execute);
            shape.before().forEach(database::execute);
            try {
                assertThat(unfillable(
                                TestDatabase.collectionsOf(shape.entities().toArray(Class<?>[]::new))
                                        .all()))
                        .as(shape.name())
                        .isEmpty();
            } finally {
                shape.after().forEach(database::execute);
            }
        }
    }

    @Test
    @Tag("ENT33")
    @DisplayName("[ENT33] a NOT NULL column without a default and a field is named with its table and the cure")
    void unmapped() throws SQLException {
        Shape shape = IdShapes.all().skip(4).findFirst().orElseThrow();
        shape.after().forEach(database::execute);
        shape.before().forEach(database::execute);
        database.execute(
                "alter table " + shape.table() + " add column cost_centre varchar(20) not null",
                "alter table " + shape.table() + " add column branch varchar(20) default 'x' not null",
                "alter table " + shape.table() + " add column note varchar(20)");
        try {
            String table = database.isH2() ? "SHAPE_GENERATED_UUID" : "shape_generated_uuid";
            String column = database.isH2() ? "COST_CENTRE" : "cost_centre";
            assertThat(unfillable(TestDatabase.collectionsOf(shape.entities().toArray(Class<?>[]::new))
                            .all()))
                    .containsExactly("table " + table + " has the column '" + column
                            + "', which is NOT NULL and has neither a default nor a field in ByProviderUuid that is"
                            + " inserted, so that each insert fails: map it, or give it a default in a migration"
                            + " (db/workshop/V*.sql)");
        } finally {
            shape.after().forEach(database::execute);
        }
    }
}
