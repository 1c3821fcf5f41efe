package dev.lockstep.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Small statements that go to the database together, in their order, when {@link #execute} is called. PostgreSQL accepts
 * several statements, separated by semicolons, in one message; a message costs ten times as much as a statement by key
 * (0.12 ms and 0.01 ms, on two cores). Other databases get one statement after another. Confined to one transaction and
 * its thread.
 */
public final class StatementPipeline {
    /** Most repetitions of one statement in a message; with more, the statement is sent as a JDBC batch of its own. */
    static final int REPEATS_MAX = 4;

    /** Receives the rows of a statement. */
    @FunctionalInterface
    public interface Reader {
        /** Called for each row, with the result set positioned on it. */
        void read(ResultSet row) throws SQLException;
    }

    /** Converts the single row of a statement. */
    @FunctionalInterface
    public interface OneReader<T> {
        /** Called with the result set positioned on the row. */
        T read(ResultSet row) throws SQLException;
    }

    /** The value of a statement's single row, available after {@link #execute}. */
    public static final class PendingResult<T> {
        private final String missing;
        private @Nullable T value;

        private PendingResult(String missing) {
            this.missing = missing;
        }

        /** A result that needs no statement. */
        public static <T> PendingResult<T> completed(T value) {
            PendingResult<T> result = new PendingResult<>("");
            result.value = value;
            return result;
        }

        /**
         * The value.
         *
         * @throws IllegalStateException before {@link StatementPipeline#execute}, and if there was no row
         */
        public T value() {
            return Optional.ofNullable(value).orElseThrow(() -> new IllegalStateException(missing));
        }
    }

    /** Whether a statement is a query or an update, which ask for their rows differently. */
    private enum Kind {
        QUERY,
        UPDATE
    }

    private record PipelinedStatement(
            Kind kind, String sql, List<String> returned, List<List<Object>> each, Reader reader) {
        boolean isShort() {
            return each.size() <= REPEATS_MAX;
        }

        String onPostgresql() {
            String once = returned.isEmpty() ? sql : sql + " returning " + String.join(", ", returned);
            return String.join("; ", Collections.nCopies(each.size(), once));
        }
    }

    private final Connection connection;
    private final List<PipelinedStatement> statements = new ArrayList<>();

    /** An empty pipeline. */
    public StatementPipeline(Connection connection) {
        this.connection = connection;
    }

    /** The connection of the pipeline, for statements that are sent at once. */
    public Connection connection() {
        return connection;
    }

    /**
     * Adds a query.
     *
     * @param parameters texts, numbers and booleans; a text that may be null is an {@link Optional}
     */
    public void query(String sql, List<Object> parameters, Reader reader) {
        statements.add(new PipelinedStatement(Kind.QUERY, sql, List.of(), List.of(parameters), reader));
    }

    /**
     * Adds a query for one row.
     *
     * @param missing the message of the exception if there is no row
     */
    public <T> PendingResult<T> queryOne(String sql, List<Object> parameters, OneReader<T> reader, String missing) {
        PendingResult<T> result = new PendingResult<>(missing);
        query(sql, parameters, row -> result.value = reader.read(row));
        return result;
    }

    /**
     * Adds an update for each list of parameters.
     *
     * @param each as for {@link #query}
     * @param returned the columns of the changed rows that the reader receives
     */
    public void update(String sql, List<List<Object>> each, List<String> returned, Reader reader) {
        if (!each.isEmpty()) {
            statements.add(new PipelinedStatement(Kind.UPDATE, sql, returned, each, reader));
        }
    }

    /**
     * Adds an update of one row.
     *
     * @param missing as for {@link #queryOne}
     */
    public <T> PendingResult<T> updateOne(
            String sql, List<Object> parameters, List<String> returned, OneReader<T> reader, String missing) {
        PendingResult<T> result = new PendingResult<>(missing);
        update(sql, List.of(parameters), returned, row -> result.value = reader.read(row));
        return result;
    }
    /** Adds an update for each list of parameters, without a result. */
    public void update(String sql, List<List<Object>> each) {
        update(sql, each, List.of(), row -> {});
    }

    /** Adds a statement that sets a variable of the transaction. */
    public void set(String sql) {
        update(sql, List.of(List.of()));
    }

    /** Sends the statements that were added since the last call, and reads their rows. A failed statement is not resent. */
    public void execute() throws SQLException {
        if (statements.isEmpty()) {
            return;
        }
        List<PipelinedStatement> added = List.copyOf(statements);
        statements.clear();
        boolean inOneMessage = isPostgresql(connection);
        List<PipelinedStatement> message = new ArrayList<>();
        for (PipelinedStatement statement : added) {
            if (inOneMessage && statement.isShort()) {
                message.add(statement);
            } else {
                send(message);
                message.clear();
                sendAlone(statement);
            }
        }
        send(message);
    }

    /** Whether the database is PostgreSQL. */
    public static boolean isPostgresql(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }

    private void send(List<PipelinedStatement> message) throws SQLException {
        if (message.isEmpty()) {
            return;
        }
        String sql = String.join(
                "; ", message.stream().map(PipelinedStatement::onPostgresql).toList());
        try (PreparedStatement prepared = connection.prepareStatement(sql)) {
            int parameter = 1;
            for (PipelinedStatement statement : message) {
                for (List<Object> parameters : statement.each()) {
                    parameter = bind(prepared, parameter, parameters);
                }
            }
            prepared.execute();
            for (PipelinedStatement statement : message) {
                for (int i = 0; i < statement.each().size(); i++) {
                    read(prepared.getResultSet(), statement.reader());
                    prepared.getMoreResults();
                }
            }
        }
    }

    private void sendAlone(PipelinedStatement statement) throws SQLException {
        switch (statement.kind()) {
            case QUERY -> {
                try (PreparedStatement query = connection.prepareStatement(statement.sql())) {
                    bind(query, 1, statement.each().getFirst());
                    read(query.executeQuery(), statement.reader());
                }
            }
            case UPDATE -> {
                String[] returned = statement.returned().toArray(String[]::new);
                try (PreparedStatement update = connection.prepareStatement(statement.sql(), returned)) {
                    for (List<Object> parameters : statement.each()) {
                        bind(update, 1, parameters);
                        update.addBatch();
                    }
                    update.executeBatch();
                    read(update.getGeneratedKeys(), statement.reader());
                }
            }
        }
    }

    private static int bind(PreparedStatement statement, int first, List<Object> parameters) throws SQLException {
        int parameter = first;
        for (Object value : parameters) {
            switch (value) {
                case String text -> statement.setString(parameter, text);
                case Optional<?> text -> statement.setString(parameter, (String) text.orElse(null));
                default -> statement.setObject(parameter, value);
            }
            parameter++;
        }
        return parameter;
    }

    // A statement without a result has no result set.
    private static void read(@Nullable ResultSet rows, Reader reader) throws SQLException {
        if (rows == null) {
            return;
        }
        try (rows) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }
}
