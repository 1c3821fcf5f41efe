package dev.lockstep.collection.catalog;

import dev.lockstep.collection.catalog.TableConstraints.TableColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Types;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The limits of a column's values. Immutable. */
public final class ColumnLimits {
    private final TableColumn column;

    private ColumnLimits(TableColumn column) {
        this.column = column;
    }

    public static ColumnLimits of(TableColumn column) {
        return new ColumnLimits(column);
    }

    /** The message for a value that exceeds the limit; empty if it fits, or if its type has no limit. */
    public Optional<String> refusal(@Nullable Object value) {
        return switch (value) {
            case null -> Optional.empty();
            case String text -> refusal(text);
            case Enum<?> constant -> refusal(constant.name());
            case BigDecimal number -> refusal(number);
            case BigInteger number -> refusal(new BigDecimal(number));
            case Double number -> Double.isFinite(number) ? refusal(BigDecimal.valueOf(number)) : Optional.empty();
            case Number number -> refusal(new BigDecimal(number.toString()));
            default -> Optional.empty();
        };
    }

    private Optional<String> refusal(String text) {
        boolean isText = switch (column.type()) {
            case Types.CHAR, Types.VARCHAR, Types.NCHAR, Types.NVARCHAR, Types.CLOB, Types.NCLOB -> true;
            default -> false;
        };
        return isText && column.size() > 0 && text.codePointCount(0, text.length()) > column.size()
                ? Optional.of("is too long: at most " + column.size() + " characters")
                : Optional.empty();
    }

    private Optional<String> refusal(BigDecimal number) {
        return switch (column.type()) {
            case Types.TINYINT -> range(number, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case Types.SMALLINT -> range(number, Short.MIN_VALUE, Short.MAX_VALUE);
            case Types.INTEGER -> range(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case Types.BIGINT -> range(number, Long.MIN_VALUE, Long.MAX_VALUE);
            case Types.NUMERIC, Types.DECIMAL -> digits(number);
            case Types.REAL ->
                number.abs().compareTo(BigDecimal.valueOf(Float.MAX_VALUE)) > 0
                        ? Optional.of("is too large")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<String> range(BigDecimal number, long least, long most) {
        return number.compareTo(BigDecimal.valueOf(least)) < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0
                ? Optional.of("is out of range: from " + least + " to " + most)
                : Optional.empty();
    }

    private Optional<String> digits(BigDecimal number) {
        int before = column.size() - column.digits();
        if (column.size() <= 0 || before < 0 || before > 1_000) {
            return Optional.empty(); // the column declares no precision
        }
        BigDecimal rounded = number.setScale(Math.max(0, column.digits()), RoundingMode.HALF_UP);
        return rounded.abs().compareTo(BigDecimal.TEN.pow(before)) >= 0
                ? Optional.of("is too large: at most " + before + " digits before the point")
                : Optional.empty();
    }
}
