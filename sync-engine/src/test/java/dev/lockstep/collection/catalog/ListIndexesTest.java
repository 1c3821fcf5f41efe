package dev.lockstep.collection.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class ListIndexesTest {
    private final TestDatabase database;

    ListIndexesTest(TestDatabase database) {
        this.database = database.emptied();
    }

    private List<String> missing(String collection) throws SQLException {
        CollectionModel model = TestDatabase.collections()
                .find("workshop", new CollectionName(collection))
                .orElseThrow();
        try (Connection connection = database.dataSource().getConnection()) {
            DatabaseCatalog catalog = new DatabaseCatalog(connection);
            return new ListIndexes(model, catalog.table(model.entity()).orElseThrow()).missing(catalog);
        }
    }

    private static List<String> fields(List<String> sentences) {
        return sentences.stream()
                .map(sentence -> sentence.replaceFirst("field '([^']*)'.*", "$1"))
                .toList();
    }

    @Test
    @Tag("LST7")
    @DisplayName(
            "[LST7] each declared field without an index is named with its table and the statement that creates one")
    void named() throws SQLException {
        String table = database.isH2() ? "WORKSHOP_TICKETS" : "workshop_tickets";
        assertThat(fields(missing("tickets")))
                .containsExactlyInAnyOrder(
                        "effort", "assignee", "price", "dueDay", "open", "tag", "weight", "seenAt", "createdAt");
        assertThat(missing("tickets"))
                .contains(
                        "field 'effort' is @Sortable, but table " + table
                                + " has no index for it, so that its lists read"
                                + " all rows of the room: create index workshop_tickets_effort on " + table
                                + " (project, effort, id)",
                        "field 'seenAt' is @Filterable, but table " + table + " has no index for it, so that its lists"
                                + " read all rows of the room: create index workshop_tickets_seen_at on " + table
                                + " (project, seen_at, created_at)");
    }

    @Test
    @Tag("LST7")
    @DisplayName("[LST7] the statement of a warning ends it")
    void created() throws SQLException {
        List<String> sentences = missing("tickets");
        for (String sentence : sentences) {
            database.execute(sentence.replaceFirst(".*: ", ""));
        }
        try {
            assertThat(missing("tickets")).isEmpty();
        } finally {
            for (String sentence : sentences) {
                database.execute("drop index " + sentence.replaceFirst(".*create index (\\S+) .*", "$1"));
            }
        }
    }

    @Test
    @Tag("LST7")
    @DisplayName("[LST7] of partial indexes only those of live rows count")
    void partial() throws SQLException {
        if (database.isH2()) {
            return; // it has none
        }
        String index = "create index workshop_tickets_some on workshop_tickets (project, effort) where ";
        database.execute(index + "deleted_at is null");
        assertThat(fields(missing("tickets"))).doesNotContain("effort");
        database.execute("drop index workshop_tickets_some", index + "effort > 3");
        assertThat(fields(missing("tickets"))).contains("effort");
        database.execute("drop index workshop_tickets_some");
    }

    @Test
    @Tag("LST7")
    @DisplayName("[LST7] a collection without declared fields needs no index")
    void none() throws SQLException {
        assertThat(missing("tasks")).isEmpty();
    }
}
