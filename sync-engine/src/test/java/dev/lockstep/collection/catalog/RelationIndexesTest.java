package dev.lockstep.collection.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.shape.RoomShapes.Booking;
import dev.lockstep.sample.shape.RoomShapes.Port;
import dev.lockstep.sample.shape.RoomShapes.Voyage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The indexes of relations by which clients filter. */
@OnEveryDatabase
class RelationIndexesTest {
    private final TestDatabase database;

    RelationIndexesTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void make() {
        drop();
        database.execute(
                "create table workshop_bookings (id varchar(255) primary key, room varchar(64) not null, voyage_id"
                        + " bigint, port uuid, previous varchar(255))");
    }

    @AfterEach
    void drop() {
        database.execute("drop table if exists workshop_bookings");
    }

    private List<String> missing() throws SQLException {
        CollectionModel model = TestDatabase.collectionsOf(Booking.class, Voyage.class, Port.class)
                .require(Booking.class);
        try (Connection connection = database.dataSource().getConnection()) {
            DatabaseCatalog catalog = new DatabaseCatalog(connection);
            return new ListIndexes(model, catalog.table(model.entity()).orElseThrow()).missing(catalog);
        }
    }

    @Test
    @Tag("LST7")
    @DisplayName(
            "[LST7] the index of a filterable relation is on the room and the relation's column; its statement ends the"
                    + " warning")
    void relations() throws SQLException {
        List<String> sentences = missing();
        assertThat(sentences).hasSize(3);
        assertThat(sentences.getFirst())
                .startsWith("field 'voyage' is @Filterable")
                .endsWith("(room, voyage_id, id)");
        assertThat(sentences.get(1)).startsWith("field 'portId' is @Filterable").endsWith("(room, port, id)");
        for (String sentence : sentences) {
            database.execute(sentence.replaceFirst(".*: ", ""));
        }
        assertThat(missing()).isEmpty();
    }
}
