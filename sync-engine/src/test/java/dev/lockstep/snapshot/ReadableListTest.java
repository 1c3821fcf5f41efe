package dev.lockstep.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.row.ListPosition;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.collection.row.RowCondition;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.collection.value.RowValues;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.RandomTickets;
import dev.lockstep.trace.RecordedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists of a caller under a read filter with a condition for the database. */
@OnEveryDatabase
class ReadableListTest {
    private static final int ROWS = 200;
    private static final RowCondition OPEN = (row, builder) -> builder.isTrue(row.get("open"));
    private static final RowCondition OPEN_OF_ALICE =
            (row, builder) -> builder.and(builder.isTrue(row.get("open")), builder.equal(row.get("assignee"), "alice"));

    private final TestDatabase database;
    private final CollectionModel tickets = TestDatabase.collections()
            .find("workshop", new CollectionName("tickets"))
            .orElseThrow();

    ReadableListTest(TestDatabase database) {
        this.database = database.emptied();
        RandomTickets random = new RandomTickets(new Random(1));
        database.transactions().run(scope -> {
            RowRepository rows = new RowRepository(scope.entities());
            for (int i = 0; i < ROWS; i++) {
                rows.insert(random.row(tickets, "p1", "t" + i));
            }
            rows.flush();
            return rows;
        });
    }

    private static boolean isOpen(Row row) {
        return Boolean.TRUE.equals(RowValues.of(row).get("open"));
    }

    private static boolean isOpenAndSmall(Row row) {
        return isOpen(row) && row.json().contains("\"effort\":1,");
    }

    private List<RowImage> list(ListQuery query, ReadableRows readable) {
        return database.transactions().run(scope -> {
            RowRepository stored = new RowRepository(scope.entities());
            try (Stream<RowImage> rows = new ReadableList(stored, tickets, "p1", query, readable).stream()) {
                return rows.limit(Math.min(query.rowsMax(), ROWS) + 1L).toList();
            }
        });
    }

    private static List<String> ids(List<RowImage> rows) {
        return rows.stream().map(row -> row.id().value()).toList();
    }

    @Test
    @Tag("LST9")
    @DisplayName("[LST9] pages are full of the rows that the filter shows, also if the condition admits more rows")
    void pages() {
        ReadableRows plain = ReadableRows.of(ReadableListTest::isOpenAndSmall);
        ReadableRows conditional = new ReadableRows(ReadableListTest::isOpenAndSmall, Optional.of(OPEN), false);
        List<String> all = ids(list(ListQuery.ALL, plain));
        assertThat(all).hasSizeBetween(8, ROWS / 4);
        assertThat(ids(list(ListQuery.ALL, conditional))).isEqualTo(all);
        List<String> paged = new ArrayList<>();
        ListQuery query = ListQuery.ALL.limitedTo(3);
        List<RowImage> page;
        do {
            page = list(query, conditional);
            List<RowImage> shown = page.subList(0, Math.min(3, page.size()));
            paged.addAll(ids(shown));
            query = query.after(ListPosition.of(shown.getLast(), query));
        } while (page.size() > 3);
        assertThat(paged).isEqualTo(all);
    }

    @Test
    @Tag("LST9")
    @DisplayName("[LST9] a page reads no rows that the condition hides")
    void readsFewRows() {
        int[] seen = new int[1];
        ReadableRows readable = new ReadableRows(
                row -> {
                    seen[0]++;
                    return isOpen(row);
                },
                Optional.of(OPEN_OF_ALICE),
                false);
        assertThat(list(ListQuery.ALL.limitedTo(3), readable)).hasSize(4);
        assertThat(seen[0]).isEqualTo(4);
    }

    private List<String> warnings(ReadableRows readable) {
        try (RecordedLog log = new RecordedLog(ReadableList.class)) {
            list(ListQuery.ALL.limitedTo(3), readable);
            return log.lines();
        }
    }

    @Test
    @Tag("LST10")
    @DisplayName(
            "[LST10] rows that only the condition hides are named by a warning; rows that only the filter hides are not")
    void compared() {
        assertThat(warnings(new ReadableRows(ReadableListTest::isOpen, Optional.of(OPEN_OF_ALICE), true)))
                .singleElement()
                .asString()
                .startsWith(
                        "application=workshop collection=tickets the read filter shows rows that its criteria hide,")
                .contains("ids=[t");
        assertThat(warnings(new ReadableRows(ReadableListTest::isOpenAndSmall, Optional.of(OPEN), true)))
                .isEmpty();
        assertThat(warnings(new ReadableRows(ReadableListTest::isOpen, Optional.of(OPEN_OF_ALICE), false)))
                .isEmpty();
    }
}
