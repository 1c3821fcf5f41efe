package dev.lockstep.odd.database;

import jakarta.annotation.Resource;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs the SQL of a request's body on a connection of its own, without Lockstep and JPA. The response has the rows as
 * JSON: each value as text, in the form of its column's type. For tests only: any caller may do anything.
 */
@WebServlet("/query")
public class QueryServlet extends HttpServlet {
    private static final int QUERY_SECONDS_MAX = 30;

    @Resource
    private DataSource dataSource;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String sql = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false); // PostgreSQL reads large objects in a transaction only
            try {
                String answer = rows(connection, sql);
                response.setContentType("application/json");
                response.setCharacterEncoding("UTF-8");
                response.getWriter().write(answer);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    private static String rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(QUERY_SECONDS_MAX);
            try (ResultSet rows = statement.executeQuery(sql)) {
                return text(rows);
            }
        }
    }

    private static String text(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        JsonArrayBuilder array = Json.createArrayBuilder();
        while (rows.next()) {
            JsonObjectBuilder row = Json.createObjectBuilder();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String name = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
                String value = text(rows, i, columns.getColumnType(i));
                if (value == null) {
                    row.addNull(name);
                } else {
                    row.add(name, value);
                }
            }
            array.add(row);
        }
        return array.build().toString();
    }

    private static @Nullable String text(ResultSet rows, int column, int type) throws SQLException {
        Object value = switch (type) {
            case Types.DATE -> rows.getObject(column, LocalDate.class);
            case Types.TIMESTAMP -> timestamp(rows, column);
            case Types.TIMESTAMP_WITH_TIMEZONE -> moment(rows, column);
            case Types.BINARY, Types.VARBINARY -> bytes(rows, column);
            case Types.BLOB -> largeObject(rows, column);
            case Types.ARRAY -> array(rows.getArray(column));
            case Types.BIT, Types.BOOLEAN -> rows.getObject(column, Boolean.class);
            case Types.BIGINT -> isLargeObject(rows, column) ? largeObject(rows, column) : rows.getString(column);
            default -> rows.getString(column);
        };
        return value == null ? null : value.toString();
    }

    /** Bytes as hexadecimal digits. H2 has UUIDs under the same type. */
    private static @Nullable String bytes(ResultSet rows, int column) throws SQLException {
        if (rows.getMetaData().getColumnTypeName(column).equals("UUID")) {
            return rows.getString(column);
        }
        byte[] bytes = rows.getBytes(column);
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }

    /** PostgreSQL's driver gives the numbers of large objects the type of other numbers. */
    private static boolean isLargeObject(ResultSet rows, int column) throws SQLException {
        return rows.getMetaData().getColumnTypeName(column).equals("oid");
    }

    private static @Nullable String largeObject(ResultSet rows, int column) throws SQLException {
        Blob stored = rows.getBlob(column);
        return stored == null ? null : HexFormat.of().formatHex(stored.getBytes(1, (int) stored.length()));
    }

    /** An array as JSON. */
    private static @Nullable String array(@Nullable Array stored) throws SQLException {
        return stored == null
                ? null
                : Json.createArrayBuilder(Arrays.stream((Object[]) stored.getArray())
                                .map(QueryServlet::item)
                                .toList())
                        .build()
                        .toString();
    }

    private static Object item(Object value) {
        return switch (value) {
            case Byte number -> number.intValue();
            case Short number -> number.intValue();
            case Number number -> number;
            default -> value.toString();
        };
    }

    /** PostgreSQL's driver gives both kinds of timestamps the same name. */
    private static @Nullable Object timestamp(ResultSet rows, int column) throws SQLException {
        return rows.getMetaData().getColumnTypeName(column).equals("timestamptz")
                ? moment(rows, column)
                : rows.getObject(column, LocalDateTime.class);
    }

    private static @Nullable Object moment(ResultSet rows, int column) throws SQLException {
        OffsetDateTime value = rows.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
