package dev.lockstep.collection.write;

import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.catalog.TableConstraints;
import dev.lockstep.collection.catalog.TableConstraints.TableColumn;
import dev.lockstep.collection.catalog.TableName;
import dev.lockstep.collection.write.WriteSteps.Held;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Release of key values by stored rows, for other rows of the same transaction, until the rows are written themselves. A
 * released column gets NULL where it accepts it, otherwise an unused value. Which values a column accepts is found by
 * trying. Confined to one transaction.
 */
public final class ValueRelease {
    /** Most stored values that are read to find an unused one. */
    private static final int VALUES_MAX = 10_000;
    /** Distance of the first unused values to the stored ones, because the next values may be needed soon. */
    private static final int DISTANCE = 100_000;

    private static final String SAVEPOINT = "lockstep_release";
    private static final int TEXT_CHARACTERS = 12;

    /** Kinds of unused values, in the order of the attempts. */
    private enum Kind {
        NULL,
        ABOVE,
        BELOW,
        NEAR,
        ANY
    }

    private final Connection connection;
    private final TableConstraints table;
    private final List<FieldModel> id;

    /**
     * Releases values of one table.
     *
     * @param id the fields of its primary key
     */
    public ValueRelease(Connection connection, TableConstraints table, List<FieldModel> id) {
        this.connection = connection;
        this.table = table;
        this.id = id;
    }

    /**
     * Releases values.
     *
     * @param held the values to release
     * @param wanted the rows of the transaction, whose new values must stay free
     * @return {@code false} if the values of a row cannot be released; those of others may be released then
     */
    public boolean release(List<Held> held, Collection<RowImage> wanted) throws SQLException {
        Map<List<FieldModel>, List<RowImage>> byFields = new LinkedHashMap<>();
        held.forEach(one -> byFields.computeIfAbsent(one.fields(), first -> new ArrayList<>())
                .add(one.row()));
        for (Map.Entry<List<FieldModel>, List<RowImage>> entry : byFields.entrySet()) {
            if (!release(entry.getValue(), entry.getKey(), wanted)) {
                return false;
            }
        }
        return true;
    }

    private boolean release(List<RowImage> rows, List<FieldModel> fields, Collection<RowImage> wanted)
            throws SQLException {
        List<FieldModel> nullableFirst = fields.stream()
                .filter(field -> table.columns().containsKey(field) && !id.contains(field))
                .sorted(Comparator.comparing(field -> !column(field).nullable()))
                .toList();
        for (FieldModel field : nullableFirst) {
            for (Kind kind : Kind.values()) {
                List<?> values = values(kind, field, rows.size(), wanted);
                if (values.size() == rows.size() && isAccepted(rows, field, values)) {
                    return true;
                }
            }
        }
        return false;
    }

    private TableColumn column(FieldModel field) {
        TableColumn column = table.columns().get(field);
        if (column == null) {
            throw new IllegalStateException(field + " has no column");
        }
        return column;
    }

    private boolean isAccepted(List<RowImage> rows, FieldModel field, List<?> values) throws SQLException {
        execute("savepoint " + SAVEPOINT);
        String sql = "update " + table.table().sql() + " set "
                + TableName.quoted(column(field).name()) + " = ? where " + ofRow();
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < rows.size(); i++) {
                set(update, column(field), values.get(i));
                setRow(update, rows.get(i));
                update.addBatch();
            }
            update.executeBatch();
        } catch (SQLException refused) {
            execute("rollback to savepoint " + SAVEPOINT); // the caller tries the next kind of values
            return false;
        }
        execute("release savepoint " + SAVEPOINT);
        return true;
    }

    private String ofRow() {
        return id.stream()
                .map(field -> TableName.quoted(column(field).name()) + " = ?")
                .collect(Collectors.joining(" and "));
    }

    /** Sets the id of a row, after the one value. */
    @SuppressWarnings("EnumOrdinal") // an enum in a column of numbers is stored so by definition
    private void setRow(PreparedStatement update, RowImage row) throws SQLException {
        for (int i = 0; i < id.size(); i++) {
            Object value = id.get(i).type().toEntity(row.get(id.get(i)));
            update.setObject(
                    i + 2,
                    !(value instanceof Enum<?> constant)
                            ? value
                            : isNumber(column(id.get(i))) ? (Object) constant.ordinal() : constant.name());
        }
    }

    private static void set(PreparedStatement update, TableColumn column, @Nullable Object value) throws SQLException {
        if (value == null) {
            update.setNull(1, column.type());
        } else {
            update.setObject(1, value);
        }
    }

    private List<?> values(Kind kind, FieldModel field, int count, Collection<RowImage> wanted) throws SQLException {
        TableColumn column = column(field);
        List<@Nullable Object> values = new ArrayList<>();
        switch (kind) {
            case NULL -> {
                for (int i = 0; i < count && column.nullable(); i++) {
                    values.add(null);
                }
            }
            case ABOVE -> {
                BigDecimal most = isNumber(column) ? extreme(column, "max") : null;
                for (int i = 0; i < count && most != null; i++) {
                    values.add(most.add(BigDecimal.valueOf(DISTANCE + (long) i)));
                }
            }
            case BELOW -> {
                BigDecimal least = isNumber(column) ? extreme(column, "min") : null;
                for (int i = 0; i < count && least != null; i++) {
                    values.add(least.subtract(BigDecimal.valueOf(DISTANCE + (long) i)));
                }
            }
            case NEAR -> {
                if (isNumber(column)) {
                    values.addAll(near(column, field, count, wanted));
                }
            }
            case ANY -> {
                for (int i = 0; i < count; i++) {
                    Object any = any(column, field, i);
                    if (any != null) {
                        values.add(any);
                    }
                }
            }
        }
        return values;
    }

    private static boolean isNumber(TableColumn column) {
        return switch (column.type()) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.NUMERIC,
                    Types.DECIMAL,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE -> true;
            default -> false;
        };
    }

    private @Nullable BigDecimal extreme(TableColumn column, String function) throws SQLException {
        String sql = "select " + function + "(" + TableName.quoted(column.name()) + ") from "
                + table.table().sql();
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            return row.next() ? row.getBigDecimal(1) : null;
        }
    }

    /** Unused values between and above the stored ones. */
    private List<BigDecimal> near(TableColumn column, FieldModel field, int count, Collection<RowImage> wanted)
            throws SQLException {
        Set<BigDecimal> used = new HashSet<>();
        for (RowImage row : wanted) {
            if (row.model().fields().contains(field) && row.get(field) instanceof Number number) {
                used.add(new BigDecimal(number.toString()).stripTrailingZeros());
            }
        }
        String sql = "select distinct " + TableName.quoted(column.name()) + " from "
                + table.table().sql() + " where " + TableName.quoted(column.name())
                + " is not null order by 1 fetch first " + VALUES_MAX + " rows only";
        List<BigDecimal> stored = new ArrayList<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(sql)) {
            while (rows.next()) {
                stored.add(rows.getBigDecimal(1).stripTrailingZeros());
            }
        }
        used.addAll(stored);
        List<BigDecimal> near = new ArrayList<>();
        if (stored.isEmpty()) {
            return near;
        }
        long most = stored.getLast().longValue() + VALUES_MAX;
        for (long value = stored.getFirst().longValue(); value < most && near.size() < count; value++) {
            if (!used.contains(BigDecimal.valueOf(value).stripTrailingZeros())) {
                near.add(BigDecimal.valueOf(value));
            }
        }
        return near;
    }

    private @Nullable Object any(TableColumn column, FieldModel field, int index) throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return switch (column.type()) {
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR ->
                text(column, random);
            case Types.DATE, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                Timestamp.from(Instant.EPOCH.plusSeconds(
                        86_400L * (random.nextInt(20_000) + (long) index * 20_000 % 2_000_000)));
            default -> field.javaType() == UUID.class ? UUID.randomUUID() : null;
        };
    }

    private static String text(TableColumn column, ThreadLocalRandom random) {
        int characters = column.size() > 0 ? Math.min(column.size(), TEXT_CHARACTERS) : TEXT_CHARACTERS;
        StringBuilder text = new StringBuilder(characters);
        for (int i = 0; i < characters; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Sets the values of some fields of inserted rows. */
    public void refer(Map<RowImage, Set<FieldModel>> rows) throws SQLException {
        for (Map.Entry<RowImage, Set<FieldModel>> row : rows.entrySet()) {
            for (FieldModel field : row.getValue()) {
                String sql = "update " + table.table().sql() + " set "
                        + TableName.quoted(column(field).name()) + " = ? where " + ofRow();
                try (PreparedStatement update = connection.prepareStatement(sql)) {
                    set(update, column(field), row.getKey().get(field));
                    setRow(update, row.getKey());
                    update.executeUpdate();
                }
            }
        }
    }
}
