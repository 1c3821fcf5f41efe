package dev.lockstep.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that are sent together. */
@OnEveryDatabase
class StatementPipelineTest {
    private static final String ADD = "update shelf set filled = filled + ? where id = ?";

    /** {@link TestDatabase#statementsSent} counts the messages. */
    private final TestDatabase database;

    private final Connection connection;

    StatementPipelineTest(TestDatabase database) {
        this.database = database;
        connection = connect();
    }

    /** The number of messages for this many different statements. */
    private int messages(int statements) {
        return database.isH2() ? statements : 1;
    }

    private Connection connect() {
        try {
            return database.dataSource().getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void fill() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement make = connection.createStatement()) {
            make.execute("create table shelf (id bigint primary key, label varchar(20), filled bigint not null)");
            make.execute("insert into shelf values (1, 'books', 10), (2, 'maps', 20), (3, 'tins', 30)");
        }
    }

    @AfterEach
    void empty() throws SQLException {
        connection.rollback();
        try (Statement drop = connection.createStatement()) {
            drop.execute("drop table if exists shelf"); // on H2 the rollback leaves it
        }
        connection.commit();
        connection.close();
    }

    private static StatementPipeline.Reader into(List<String> read) {
        return row -> read.add(row.getString(1) + "=" + row.getLong(2));
    }

    private long filled(long id) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select filled from shelf where id = " + id)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    @Tag("LOG6")
    @DisplayName("[LOG6] statements of a pipeline run in order, and each result reaches its own reader")
    void inOrder() throws SQLException {
        List<String> before = new ArrayList<>();
        List<String> moved = new ArrayList<>();
        List<String> after = new ArrayList<>();
        StatementPipeline trip = new StatementPipeline(connection);
        String select = "select label, filled from shelf where filled >= ? order by id";
        trip.query(select, List.of(20L), into(before));
        trip.update(ADD, List.of(List.of(5L, 1L), List.of(7L, 3L)), List.of("label", "filled"), into(moved));
        trip.update("update shelf set label = ? where id = ?", List.of(List.of("globes", 2L)), List.of(), row -> {
            throw new AssertionError("nothing was to be returned");
        });
        trip.query(select, List.of(15L), into(after));
        assertThat(filled(1)).as("before it is sent").isEqualTo(10);
        int sent = database.statementsSent();

        trip.execute();

        assertThat(database.statementsSent() - sent).isEqualTo(messages(4));
        assertThat(before).containsExactly("maps=20", "tins=30");
        assertThat(moved).containsExactlyInAnyOrder("books=15", "tins=37");
        assertThat(after).containsExactly("books=15", "globes=20", "tins=37");
    }

    @Test
    @Tag("LOG6")
    @DisplayName("[LOG6] an update that finds no row returns none, and later statements keep their readers")
    void noRow() throws SQLException {
        List<String> moved = new ArrayList<>();
        List<String> after = new ArrayList<>();
        StatementPipeline trip = new StatementPipeline(connection);
        trip.update(ADD, List.of(List.of(1L, 99L), List.of(1L, 2L)), List.of("label", "filled"), into(moved));
        trip.query("select label, filled from shelf where id = ?", List.of(3L), into(after));

        trip.execute();

        assertThat(moved).containsExactly("maps=21");
        assertThat(after).containsExactly("tins=30");
    }

    @ParameterizedTest
    @ValueSource(ints = {StatementPipeline.REPEATS_MAX, StatementPipeline.REPEATS_MAX + 1, 100})
    @Tag("LOG6")
    @DisplayName("[LOG6] few or many repeats of a statement all run and all return")
    void repeats(int repeats) throws SQLException {
        List<List<Object>> each = LongStream.range(100, 100 + repeats)
                .mapToObj(id -> List.<Object>of(id, 1L))
                .toList();
        List<String> moved = new ArrayList<>();
        List<String> last = new ArrayList<>();
        StatementPipeline trip = new StatementPipeline(connection);
        trip.update("insert into shelf (id, label, filled) values (?, 'new', ?)", each, List.of(), row -> {});
        List<List<Object>> more =
                each.stream().map(row -> List.of(row.get(1), row.get(0))).toList();
        trip.update(ADD, more, List.of("id", "filled"), into(moved));
        trip.query("select 'all', sum(filled) from shelf where id >= ?", List.of(100L), into(last));

        trip.execute();

        assertThat(moved)
                .containsExactlyInAnyOrderElementsOf(
                        each.stream().map(row -> row.getFirst() + "=2").toList());
        assertThat(last).containsExactly("all=" + 2 * repeats);
    }

    @Test
    @Tag("LOG6")
    @DisplayName("[LOG6] executed statements are not sent again, and an empty pipeline sends none")
    void once() throws SQLException {
        StatementPipeline trip = new StatementPipeline(connection);
        trip.execute();
        trip.update(ADD, List.of(List.of(1L, 1L)), List.of(), row -> {});
        trip.update(ADD, List.of(), List.of(), row -> {});
        trip.execute();
        int sent = database.statementsSent();
        trip.execute();

        assertThat(database.statementsSent()).isEqualTo(sent);
        assertThat(filled(1)).isEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, StatementPipeline.REPEATS_MAX + 1})
    @Tag("LOG6")
    @DisplayName("[LOG6] an absent text is null")
    void nothing(int repeats) throws SQLException {
        List<Long> without = new ArrayList<>();
        List<List<Object>> each = LongStream.range(100, 100 + repeats)
                .mapToObj(id -> List.<Object>of(id, id % 2 == 0 ? Optional.empty() : Optional.of("full"), 0L))
                .toList();
        StatementPipeline trip = new StatementPipeline(connection);
        trip.update("insert into shelf (id, label, filled) values (?, ?, ?)", each);
        trip.query(
                "select id from shelf where label is null order by id", List.of(), row -> without.add(row.getLong(1)));
        trip.execute();

        assertThat(without)
                .containsExactlyElementsOf(LongStream.range(100, 100 + repeats)
                        .filter(id -> id % 2 == 0)
                        .boxed()
                        .toList());
    }

    @Test
    @Tag("LOG6")
    @DisplayName("[LOG6] a result without a row reports what is missing")
    void missing() throws SQLException {
        StatementPipeline trip = new StatementPipeline(connection);
        StatementPipeline.PendingResult<Long> there =
                trip.queryOne("select filled from shelf where id = 1", List.of(), row -> row.getLong(1), "no shelf 1");
        StatementPipeline.PendingResult<Long> gone =
                trip.updateOne(ADD, List.of(1L, 9L), List.of("filled"), row -> row.getLong(1), "the shelf is gone");
        trip.execute();

        assertThat(there.value()).isEqualTo(10);
        assertThatThrownBy(gone::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the shelf is gone");
    }

    @Test
    @Tag("LOG6")
    @DisplayName("[LOG6] a database error of one statement is reported, and no statement is sent again")
    void refused() throws SQLException {
        StatementPipeline trip = new StatementPipeline(connection);
        trip.update(ADD, List.of(List.of(1L, 1L)), List.of("filled"), row -> {});
        trip.update(
                "insert into shelf (id, label, filled) values (?, 'again', 0)",
                List.of(List.of(2L)),
                List.of(),
                row -> {});

        SQLException refusal = catchThrowableOfType(SQLException.class, trip::execute);

        assertThat(refusal.getSQLState()).isEqualTo("23505");
        int sent = database.statementsSent();
        trip.execute();
        assertThat(database.statementsSent()).isEqualTo(sent);
    }
}
