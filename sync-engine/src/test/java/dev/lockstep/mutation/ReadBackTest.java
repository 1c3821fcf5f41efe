package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.collection.catalog.StoredTables;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.Action;
import dev.lockstep.log.LogEntry;
import dev.lockstep.sample.Task;
import dev.lockstep.sample.stored.Ledger;
import dev.lockstep.sample.stored.LowerCase;
import dev.lockstep.sample.stored.Stamp;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that the database stores otherwise than they are written. */
@OnEveryDatabase
class ReadBackTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p");

    private final TestDatabase database;
    private final CollectionRegistry collections = TestDatabase.collectionsOf(Ledger.class, Stamp.class, Task.class);
    private TestDatabase own;
    private EngineFixture engine;

    ReadBackTest(TestDatabase database) {
        this.database = database.emptied();
    }

    /** Creates a trigger that changes a text of the stamps to lower case. */
    private List<String> lowerCaseTrigger() {
        if (database.isH2()) {
            return List.of("create trigger lower_case before insert, update on workshop_stamps for each row call '"
                    + LowerCase.class.getName() + "'");
        }
        return List.of(
                "create or replace function lower_case() returns trigger language plpgsql as"
                        + " 'begin new.text := lower(new.text); return new; end'",
                "create trigger lower_case before insert or update on workshop_stamps for each row"
                        + " execute function lower_case()");
    }

    /** The expression of a computed column. */
    private String computed() {
        return database.isH2() ? "" : " stored";
    }

    @BeforeEach
    void make() throws SQLException {
        database.execute("drop table if exists workshop_ledgers");
        database.execute("drop table if exists workshop_stamps");
        database.execute(Ledger.TABLE.formatted(computed()));
        database.execute(Stamp.TABLE);
        own = database.with(Ledger.class, Stamp.class, Task.class);
        engine = new EngineFixture(own, collections);
        learn();
    }

    private void learn() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            new StoredTables(collections).read(connection);
        }
    }

    @AfterEach
    void drop() {
        database.execute("drop table workshop_ledgers");
        database.execute("drop table workshop_stamps");
    }

    private String answered(MutationResult result) {
        return Results.row(result).orElseThrow();
    }

    private String listed(String collection) {
        return engine.json(collection, "p").getFirst();
    }

    private LogEntry lastEntry() {
        List<Action> actions = engine.commits().getLast().actions();
        return actions.getLast().entry();
    }

    @Test
    @Tag("MUT24")
    @Tag("CW4")
    @DisplayName("[MUT24][CW4] answer, log and frame of an insert and of an update contain the stored row")
    void storedRow() {
        String made = answered(engine.alone(IN_ROOM.inserts(
                "ledgers",
                "l",
                Map.of(
                        "title", "A Title",
                        "code", "ab",
                        "atSecond", "2026-01-02T03:04:05.6",
                        "ratio", new BigDecimal("0.1"),
                        "amount", new BigDecimal("0.123"),
                        "state", "ignored",
                        "size", 3L))));

        assertThat(made)
                .isEqualTo(listed("ledgers"))
                .isEqualTo(engine.replayed("ledgers", "p").get("l"))
                .contains("\"slug\":\"a-title\"", "\"code\":\"ab        \"", "\"amount\":0.12", "\"state\":\"new\"")
                .contains("\"doubled\":6", "\"next\":4")
                .doesNotContain("\"made\":null", "\"touched\":null", "05.6");

        String changed = answered(engine.alone(IN_ROOM.updates("ledgers", "l", Map.of("title", "Other", "size", 5L))));

        assertThat(changed)
                .isEqualTo(listed("ledgers"))
                .isEqualTo(engine.replayed("ledgers", "p").get("l"))
                .contains("\"slug\":\"other\"", "\"doubled\":10", "\"next\":6");
        assertThat(lastEntry().changedFields())
                .contains("title", "slug", "size", "doubled", "next", "touched")
                .doesNotContain("amount", "made");
    }

    /** PostgreSQL's driver reads texts first; bytes, once it has prepared a statement on the server. */
    private static final int READ_OFTEN = 12;

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "-0.1", "0.123456789", "16777217", "1E30", "3.3E-30"})
    @Tag("MUT26")
    @Tag("CW4")
    @DisplayName("[MUT26][CW4] a floating-point number is sent with the same digits, however it is read")
    void floatingPoint(BigDecimal number) {
        Set<String> sent = new TreeSet<>();
        for (int i = 0; i < READ_OFTEN; i++) {
            Map<String, Object> numbers = Map.of("ratio", number, "share", number, "weight", number);
            MutationResult answer = engine.alone(
                    i == 0
                            ? IN_ROOM.inserts("ledgers", "l", with(numbers, "title", "0", "size", 1L))
                            : IN_ROOM.updates("ledgers", "l", with(numbers, "title", "" + i)));
            sent.add(numbers(answered(answer)));
            sent.add(numbers(listed("ledgers")));
            sent.add(numbers(lastEntry().rowAfter().orElseThrow()));
        }

        assertThat(sent).hasSize(1);
        assertThat(lastEntry().changedFields()).doesNotContain("ratio", "share", "weight");
    }

    private static Map<String, Object> with(Map<String, Object> fields, Object... more) {
        Map<String, Object> all = new HashMap<>(fields);
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], more[i + 1]);
        }
        return all;
    }

    private static String numbers(String json) {
        return Pattern.compile("\"(ratio|share|weight)\":[^,}]*")
                .matcher(json)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining(","));
    }

    @Test
    @Tag("MUT24")
    @Tag("CW4")
    @DisplayName("[MUT24][CW4] a row that is changed twice in a batch is stored between the two")
    void twice() {
        List<MutationResult> answers = engine.together(
                IN_ROOM.identified("1").inserts("ledgers", "l", Map.of("title", "One", "size", 1L)),
                IN_ROOM.identified("2").updates("ledgers", "l", Map.of("title", "Two")),
                IN_ROOM.identified("3").updates("ledgers", "l", Map.of("size", 4L)),
                IN_ROOM.identified("4").inserts("ledgers", "other", Map.of("title", "Other", "size", 1L)));

        assertThat(answers).allMatch(Results::isApplied);
        assertThat(answered(answers.get(0))).contains("\"slug\":\"one\"", "\"doubled\":2");
        assertThat(answered(answers.get(1))).contains("\"slug\":\"two\"", "\"doubled\":2");
        assertThat(answered(answers.get(2))).contains("\"slug\":\"two\"", "\"doubled\":8");
        assertThat(engine.replayed("ledgers", "p").values())
                .containsExactlyInAnyOrderElementsOf(engine.json("ledgers", "p"));
        assertThat(answers.subList(0, 4))
                .extracting(answer -> Results.applied(answer).last().value())
                .containsExactly(1L, 2L, 3L, 4L);
        // Sent again, each has its first answer.
        assertThat(engine.alone(IN_ROOM.identified("2").updates("ledgers", "l", Map.of("title", "Two"))))
                .isEqualTo(Results.again(answers.get(1)));
    }

    @Test
    @Tag("MUT24")
    @Tag("CW4")
    @DisplayName("[MUT24][CW4] a row that is changed twice in one mutation ends as it is stored")
    void twiceInOne() {
        engine.alone(IN_ROOM.inserts("ledgers", "l", Map.of("title", "One", "size", 1L)));

        MutationResult answer = engine.alone(IN_ROOM.bulk(
                MutationFixture.updating("ledgers", "l", Map.of("title", "Two")),
                MutationFixture.updating("ledgers", "l", Map.of("size", 7L))));

        assertThat(Results.applied(answer).rows().getLast().orElseThrow().json())
                .isEqualTo(listed("ledgers"));
        assertThat(engine.replayed("ledgers", "p")).containsEntry("l", listed("ledgers"));
    }

    @Test
    @Tag("MUT24")
    @Tag("CW4")
    @DisplayName(
            "[MUT24][CW4] the last entry of such a mutation names the fields that an earlier one showed as written")
    void correctedInOne() {
        engine.alone(IN_ROOM.inserts("ledgers", "l", Map.of("title", "One", "atSecond", "2026-01-02T03:04:06")));

        engine.alone(IN_ROOM.bulk(
                MutationFixture.updating("ledgers", "l", Map.of("atSecond", "2026-01-02T03:04:05.6")),
                MutationFixture.updating("ledgers", "l", Map.of("size", 7L))));

        assertThat(lastEntry().rowAfter().orElseThrow()).contains("\"atSecond\":\"2026-01-02T03:04:06");
        assertThat(lastEntry().changedFields()).contains("atSecond", "size");
    }

    @Test
    @Tag("MUT24")
    @Tag("CW4")
    @DisplayName("[MUT24][CW4] a row that is deleted in a later round is sent as it was stored")
    void deleted() {
        List<MutationResult> answers = engine.together(
                IN_ROOM.inserts("ledgers", "l", Map.of("title", "One", "size", 1L)), IN_ROOM.deletes("ledgers", "l"));

        assertThat(answered(answers.getLast())).contains("\"slug\":\"one\"");
        assertThat(lastEntry().rowBefore()).contains(answered(answers.getFirst()));
        assertThat(engine.list("ledgers", "p")).isEmpty();
        assertThat(answers.getLast()).matches(Results::isApplied);
    }

    @Test
    @Tag("MUT24")
    @Tag("CW4")
    @DisplayName("[MUT24][CW4] a trigger is found in the catalog, and its result is sent")
    void trigger() throws SQLException {
        lowerCaseTrigger().forEach(database::execute);
        learn();

        String made = answered(engine.alone(IN_ROOM.inserts("stamps", "s", Map.of("text", "ABC"))));
        assertThat(made).contains("\"text\":\"abc\"").isEqualTo(listed("stamps"));

        String changed = answered(engine.alone(IN_ROOM.updates("stamps", "s", Map.of("text", "DEF"))));
        assertThat(changed).contains("\"text\":\"def\"").isEqualTo(listed("stamps"));
        assertThat(lastEntry().rowAfter()).contains(changed);
    }

    private int statementsFor(Mutation mutation) {
        int before = own.statementsSent();
        assertThat(engine.alone(mutation)).matches(Results::isApplied);
        return own.statementsSent() - before;
    }

    @Test
    @Tag("LOG6")
    @Tag("CW4")
    @DisplayName(
            "[LOG6][CW4] reading back takes one statement a batch; collections that are stored as written need none")
    void statements() {
        statementsFor(IN_ROOM.inserts("stamps", "first", Map.of())); // makes the rows of room and counter
        statementsFor(IN_ROOM.inserts("ledgers", "first", Map.of("title", "x", "size", 1L)));
        int plain = statementsFor(IN_ROOM.inserts("stamps", "s", Map.of("text", "ABC")));
        // Two of them are Hibernate's own, which selects values with @Generated after each insert.
        int readBack = statementsFor(IN_ROOM.inserts("ledgers", "l", Map.of("title", "x", "size", 1L)));

        assertThat(readBack - plain).isBetween(1, 2);
    }
}
