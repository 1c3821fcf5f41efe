package dev.lockstep.collection.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import java.math.BigDecimal;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Queries for rows. */
@OnEveryDatabase
class RowRepositoryTest extends RowRepositoryFixture {
    private static final Instant LATE = EARLY.plusNanos(1_000);

    private final CollectionModel tools = model("tools");
    private final CollectionModel binders = model("binders");

    RowRepositoryTest(TestDatabase database) {
        super(database);
    }

    private RowImage aTool(Instant stamp, String name) {
        return aRow(tools, "", stamp, "name", name);
    }

    private List<Row> list(CollectionModel model, String room) {
        return database.transactions()
                .run(scope -> new RowRepository(scope.entities())
                        .stream(model, room, ListQuery.ALL).map(RowImage::row).toList());
    }

    private static List<Row> rows(RowImage... images) {
        return Arrays.stream(images).map(RowImage::row).toList();
    }

    @Test
    @Tag("COL7")
    @DisplayName("[COL7] the newest rows come first, those of one mutation in its order")
    void newestFirst() {
        RowImage old1 = aTask("p1", EARLY, "old 1");
        RowImage old2 = aTask("p1", EARLY, "old 2");
        RowImage new1 = aTask("p1", LATE, "new 1");
        RowImage new2 = aTask("p1", LATE, "new 2");
        RowImage new3 = aTask("p1", LATE, "new 3");
        store(new3, old2, new1, old1, new2);

        assertThat(list(tasks, "p1")).isEqualTo(rows(new1, new2, new3, old1, old2));
    }

    @Test
    @Tag("COL7")
    @DisplayName("[COL7] rows that are equal in the collection's order come in insertion order")
    void equalInOrder() {
        RowImage saw1 = aTool(EARLY, "saw");
        RowImage saw2 = aTool(EARLY, "saw");
        RowImage axe = aTool(LATE, "axe");
        RowImage saw3 = aTool(LATE, "saw");
        store(saw3, axe, saw2, saw1);

        assertThat(list(tools, "anything")).isEqualTo(rows(axe, saw1, saw2, saw3));
    }

    @Test
    @Tag("COL7")
    @DisplayName("[COL7] the pages of a list together are the list")
    void pages() {
        RowImage saw1 = aTool(EARLY, "saw");
        RowImage saw2 = aTool(EARLY, "saw");
        RowImage axe = aTool(LATE, "axe");
        RowImage saw3 = aTool(LATE, "saw");
        store(saw3, axe, saw2, saw1);
        RowImage old1 = aTask("p1", EARLY, "old 1");
        RowImage old2 = aTask("p1", EARLY, "old 2");
        RowImage new1 = aTask("p1", LATE, "new 1");
        RowImage new2 = aTask("p1", LATE, "new 2");
        store(old1, old2, new1, new2);

        for (int most = 1; most < 4; most++) {
            assertThat(pages(tools, "", most)).isEqualTo(rows(axe, saw1, saw2, saw3));
            assertThat(pages(tasks, "p1", most)).isEqualTo(rows(new1, new2, old1, old2));
        }
    }

    @Test
    @Tag("COL7")
    @DisplayName("[COL7] rows without a value for the order come last in descending order, on every page")
    void pagesWithNulls() {
        RowImage a = aRow(binders, "p1", EARLY, "title", "a");
        RowImage none1 = aRow(binders, "p1", EARLY, "title", null);
        RowImage b = aRow(binders, "p1", EARLY, "title", "b");
        RowImage none2 = aRow(binders, "p1", EARLY, "title", null);
        store(a, none1, b, none2);

        for (int most = 1; most < 5; most++) {
            assertThat(pages(binders, "p1", most)).isEqualTo(rows(b, a, none1, none2));
        }
    }

    private List<Row> pages(CollectionModel model, String room, int most) {
        List<Row> all = new ArrayList<>();
        Optional<ListPosition> place = Optional.empty();
        do {
            List<RowImage> page = page(model, room, new ListQuery(Optional.empty(), place, most));
            page.stream().limit(most).forEach(image -> all.add(image.row()));
            place = page.size() > most ? Optional.of(ListPosition.of(page.get(most - 1))) : Optional.empty();
        } while (place.isPresent());
        return all;
    }

    List<RowImage> page(CollectionModel model, String room, ListQuery wanted) {
        return database.transactions()
                .run(scope -> new RowRepository(scope.entities())
                        .stream(model, room, wanted).toList());
    }

    @Test
    @Tag("COL8")
    @DisplayName("[COL8] a list shows the rows of its room; without a room column, all rows")
    void roomsApart() {
        RowImage here = aTask("p1", EARLY, "here");
        RowImage there = aTask("p2", EARLY, "there");
        RowImage tool = aTool(EARLY, "saw");
        store(here, there, tool);

        assertThat(list(tasks, "p1")).isEqualTo(rows(here));
        assertThat(list(tasks, "p2")).isEqualTo(rows(there));
        assertThat(list(tasks, "P1")).isEmpty();
        assertThat(list(tools, "p2")).isEqualTo(rows(tool));
    }

    private List<Row> read(CollectionModel model, List<String> rooms, Optional<RowRepository.KeyValue> key, int most) {
        List<Row> read = new ArrayList<>();
        int count = database.transactions()
                .run(scope ->
                        new RowRepository(scope.entities()).read(model, rooms, key, most, row -> read.add(row.row())));
        assertThat(count).isEqualTo(read.size() + (read.size() == most && most > 0 && count > most ? 1 : 0));
        return read;
    }

    @Test
    @Tag("SNAP4")
    @DisplayName("[SNAP4] rows of several rooms are read at once; without a room column, all rows are")
    void severalRooms() {
        RowImage here = aTask("p1", EARLY, "here");
        RowImage there = aTask("p2", EARLY, "there");
        RowImage elsewhere = aTask("p3", EARLY, "here");
        RowImage deleted = aTask("p1", EARLY, "gone").deleted(LATE);
        RowImage tool = aTool(EARLY, "saw");
        store(here, there, elsewhere, deleted, tool);
        Optional<RowRepository.KeyValue> byTitle = Optional.of(new RowRepository.KeyValue("title", "here"));

        assertThat(read(tasks, List.of("p1", "p2"), Optional.empty(), Integer.MAX_VALUE))
                .containsExactlyInAnyOrderElementsOf(rows(here, there));
        assertThat(read(tasks, List.of(), Optional.empty(), Integer.MAX_VALUE)).isEmpty();
        assertThat(read(tools, List.of(""), Optional.empty(), Integer.MAX_VALUE))
                .isEqualTo(rows(tool));
        assertThat(read(tasks, List.of("p1", "p2"), byTitle, 1)).isEqualTo(rows(here));
        assertThat(read(tasks, List.of("p1", "p2", "p3"), byTitle, 1)).hasSize(1);
    }

    @Test
    @Tag("SNAP4")
    @DisplayName("[SNAP4] more rooms than one query takes are read, and no more rows than requested")
    void manyRooms() {
        RowImage first = aTask("p1", EARLY, "first");
        RowImage last = aTask("p2", EARLY, "last");
        store(first, last);
        List<String> rooms = new ArrayList<>(List.of("p1"));
        IntStream.range(0, 6_000).forEach(i -> rooms.add("x" + i));
        rooms.add("p2");

        assertThat(read(tasks, rooms, Optional.empty(), 2)).isEqualTo(rows(first, last));
        assertThat(read(tasks, rooms, Optional.empty(), 1)).isEqualTo(rows(first));
    }

    @Test
    @Tag("STR13")
    @DisplayName("[STR13] the rooms of rows are found by their ids; deleted rows have none")
    void whereabouts() {
        RowImage here = aTask("p1", EARLY, "here");
        RowImage deleted = aTask("p2", EARLY, "gone").deleted(LATE);
        RowImage tool = aTool(EARLY, "saw");
        store(here, deleted, tool);

        inRows(rows -> {
            assertThat(rows.rooms(tasks, List.of(here.id(), deleted.id(), tool.id())))
                    .isEqualTo(Map.of(here.id(), new RoomId("workshop", "p1")));
            assertThat(rows.rooms(tools, List.of(tool.id()))).isEqualTo(Map.of(tool.id(), RoomId.shared("workshop")));
        });
    }

    @Test
    @Tag("COL8")
    @DisplayName("[COL8] a row whose room was removed without JPA is in no room")
    void withoutARoom() {
        CollectionModel parcels = model("parcels");
        RowImage here = aRow(parcels, "p1", EARLY, "content", "here").ownedBy(Optional.of("ann"));
        RowImage lost = aRow(parcels, "p1", EARLY, "content", "lost").ownedBy(Optional.of("ann"));
        store(here, lost);
        database.transactions().run(scope -> {
            try (Statement update = scope.connection().createStatement()) {
                return update.executeUpdate("update workshop_parcels set project = null where content = 'lost'");
            }
        });

        inRows(rows -> {
            assertThat(rows.rooms(parcels, List.of(here.id(), lost.id())).keySet())
                    .containsExactly(here.id());
            assertThat(rows.images(parcels, new TreeSet<>(List.of(lost.id()))).values())
                    .singleElement()
                    .matches(image -> !image.isIn("p1"));
        });
        assertThat(list(parcels, "p1")).isEqualTo(rows(here));
    }

    @Test
    @Tag("COL6")
    @DisplayName("[COL6] a softly deleted row is on no list, and still in its table")
    void softlyDeleted() {
        RowImage task = aTask("p1", EARLY, "t");
        store(task);
        withLocked(task, rows -> rows.update(task.deleted(LATE)));

        assertThat(list(tasks, "p1")).isEmpty();
        inRows(rows -> assertThat(rows.lock(tasks, new TreeSet<>(List.of(task.id())))
                        .rows()
                        .values())
                .singleElement()
                .matches(RowImage::isDeleted));
    }

    @Test
    @Tag("COL6")
    @DisplayName("[COL6] without a @DeletedAt field a deleted row is removed for good")
    void goneForGood() {
        RowImage tool = aTool(EARLY, "saw");
        store(tool);
        withLocked(tool, rows -> rows.remove(tools, tool.id()));

        assertThat(list(tools, "")).isEmpty();
        inRows(rows -> assertThat(rows.lock(tools, new TreeSet<>(List.of(tool.id()))))
                .isEqualTo(new RowRepository.Locked(Map.of(), Set.of())));
    }

    @Test
    @Tag("COL1")
    @DisplayName("[COL1] a row that is read again is the same, character by character")
    void readAgain() {
        RowImage task = aTask("p1", EARLY, "\u00e4\ud83d\ude00\u2028\"\\ \t");
        RowImage weighed = aRow(tools, "", EARLY, "weight", new BigDecimal("1.5"));
        RowImage named = weighed.changed(Map.of(tools.named("name").orElseThrow(), "saw"), LATE);
        store(task, named);

        assertThat(list(tasks, "p1")).isEqualTo(rows(task));
        assertThat(list(tools, "")).isEqualTo(rows(named));
    }
}
