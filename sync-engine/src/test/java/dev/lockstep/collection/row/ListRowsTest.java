package dev.lockstep.collection.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.InvalidFields;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.filter.FilterReader;
import dev.lockstep.collection.filter.RowFilter;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.RandomTickets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists with filters and chosen orders, on random rows of all types. */
@OnEveryDatabase
class ListRowsTest {
    private static final int ROWS = 300;
    private static final int FILTERS = 300;
    private static final long SEED = 20261130;

    private final TestDatabase database;
    private final CollectionModel tickets = TestDatabase.collections()
            .find("workshop", new CollectionName("tickets"))
            .orElseThrow();
    private final RandomTickets random = new RandomTickets(new Random(SEED));

    ListRowsTest(TestDatabase database) {
        this.database = database.emptied();
        database.transactions().run(scope -> {
            RowRepository rows = new RowRepository(scope.entities());
            for (int i = 0; i < ROWS; i++) {
                rows.insert(random.row(tickets, "p" + i % 2, "t" + i));
            }
            rows.flush();
            return rows;
        });
    }

    private List<RowImage> list(ListQuery query) {
        return database.transactions().run(scope -> {
            try (Stream<RowImage> rows = new RowRepository(scope.entities()).stream(tickets, "p1", query)) {
                return rows.toList();
            }
        });
    }

    private static List<String> ids(List<RowImage> rows) {
        return rows.stream().map(row -> row.id().value()).toList();
    }

    private RowFilter filter(Map<String, @Nullable Object> json) {
        try {
            return FilterReader.read(tickets, json, "filter");
        } catch (InvalidFields invalid) {
            throw new AssertionError(json.toString(), invalid);
        }
    }

    private ListQuery sorted(String field, boolean descending) {
        ListSort sort = new ListSort(tickets.named(field).orElseThrow(), descending);
        return new ListQuery(Optional.empty(), RowFilter.ALL, Optional.of(sort), Optional.empty(), Integer.MAX_VALUE);
    }

    @Test
    @Tag("LST2")
    @DisplayName("[LST2] the database passes exactly the rows whose shown values pass, for random filters of all types")
    void sameAsShown() {
        List<RowImage> all = list(ListQuery.ALL);
        int passed = 0;
        for (int i = 0; i < FILTERS; i++) {
            Map<String, @Nullable Object> json = random.filter();
            RowFilter filter = filter(json);
            ListQuery query =
                    new ListQuery(Optional.empty(), filter, Optional.empty(), Optional.empty(), Integer.MAX_VALUE);
            List<String> expected =
                    ids(all.stream().filter(row -> filter.test(row.row())).toList());
            assertThat(ids(list(query))).as(json.toString()).isEqualTo(expected);
            passed += expected.size();
        }
        assertThat(passed).isBetween(FILTERS, FILTERS * ROWS / 4); // filters that pass all or nothing prove nothing
    }

    @Test
    @Tag("LST5")
    @DisplayName("[LST5] a declared order sorts by the field, rows without a value lowest, then by id in its direction")
    void order() {
        for (String name : List.of("effort", "dueAt", "position", "createdAt")) {
            FieldModel field = tickets.named(name).orElseThrow();
            Comparator<RowImage> ascending = Comparator.<RowImage, Comparable<Object>>comparing(
                            row -> comparable(row.get(field)), Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(row -> row.id().value());
            List<RowImage> all = list(ListQuery.ALL);
            assertThat(ids(list(sorted(name, false))))
                    .as(name)
                    .isEqualTo(ids(all.stream().sorted(ascending).toList()));
            assertThat(ids(list(sorted(name, true))))
                    .as("-" + name)
                    .isEqualTo(ids(all.stream().sorted(ascending.reversed()).toList()));
        }
    }

    @SuppressWarnings("unchecked") // the field's values have an order
    private static @Nullable Comparable<Object> comparable(@Nullable Object value) {
        return (Comparable<Object>) value;
    }

    @Test
    @Tag("LST6")
    @DisplayName("[LST6] pages in every declared order together are the list, with a filter as well")
    void pages() {
        for (String name : List.of("effort", "dueAt", "position", "createdAt", "status")) {
            for (boolean descending : new boolean[] {false, true}) {
                for (RowFilter filter : List.of(RowFilter.ALL, filter(Map.of("open", true)))) {
                    ListQuery whole = with(sorted(name, descending), filter);
                    assertThat(paged(whole.limitedTo(7))).as(name).isEqualTo(ids(list(whole)));
                }
            }
        }
        ListQuery plain = with(ListQuery.ALL, filter(Map.of("open", true)));
        assertThat(paged(plain.limitedTo(7))).isEqualTo(ids(list(plain)));
    }

    private static ListQuery with(ListQuery query, RowFilter filter) {
        return new ListQuery(query.scope(), filter, query.sort(), query.after(), query.rowsMax());
    }

    /** The ids of all pages. Each position travels as its text. */
    private List<String> paged(ListQuery first) {
        List<String> ids = new ArrayList<>();
        ListQuery query = first;
        while (true) {
            List<RowImage> page = list(query);
            int shown = Math.min(page.size(), query.rowsMax());
            ids.addAll(ids(page.subList(0, shown)));
            if (page.size() <= query.rowsMax()) {
                return ids;
            }
            String position = ListPosition.of(page.get(shown - 1), query).text(tickets, query.sort());
            query = query.after(ListPosition.read(tickets, query.sort(), position));
        }
    }

    @Test
    @Tag("LST6")
    @DisplayName("[LST6] a position keeps its place when its row has moved or is gone")
    void concurrent() {
        ListQuery query = sorted("effort", true).limitedTo(10);
        List<RowImage> first = list(query);
        List<String> rest =
                paged(query).subList(10, ids(list(sorted("effort", true))).size());
        ListQuery second = query.after(ListPosition.of(first.get(9), query));
        database.execute(
                "delete from workshop_tickets where id = '" + first.get(9).id() + "'");
        database.execute("update workshop_tickets set effort = 1000 where id = '"
                + first.get(3).id() + "'");

        assertThat(ids(list(second.limitedTo(Integer.MAX_VALUE)))).isEqualTo(rest);
    }
}
