package dev.lockstep.odd.table;

import dev.lockstep.odd.random.Catalog;
import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.odd.table.Shape.Value;
import dev.lockstep.odd.table.Shape.WhenNull;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of {@code shapes.md}. */
public final class ShapeTable {
    private static final String FILE = "/shapes.md";
    private static final int CELLS = 8;

    private ShapeTable() {}

    /** All shapes. */
    public static Stream<Shape> shapes() {
        return text().lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| shape |"))
                .map(ShapeTable::shape);
    }

    /** The shapes that clients of Strata insert. */
    public static Stream<Shape> shapesInStrata() {
        return shapes().filter(Shape::isInStrata);
    }

    /** The shapes of objects, of which clients may send some members. */
    public static Stream<Shape> objects() {
        return shapes().filter(Shape::isObject);
    }

    private static String text() {
        try (InputStream table = Objects.requireNonNull(ShapeTable.class.getResourceAsStream(FILE))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Shape shape(String line) {
        List<String> cells = Arrays.stream(line.split("\\|", -1))
                .map(cell -> cell.strip().replace("`", ""))
                .toList();
        if (cells.size() != CELLS + 2) {
            throw new IllegalArgumentException("expected " + CELLS + " cells in " + line);
        }
        String field = cells.get(2);
        int slash = field.indexOf('/');
        int dot = field.indexOf('.');
        OddCollection collection = Catalog.collection(field.substring(0, slash), field.substring(slash + 1, dot));
        return new Shape(
                cells.get(1),
                collection,
                field.substring(dot + 1),
                value(cells.get(3), cells.get(4)),
                value(cells.get(5), cells.get(6)),
                whenNull(cells.get(7)),
                cells.get(8).isEmpty() ? "" : cells.get(8) + ",");
    }

    /** A value as it is sent, and, if clients receive another form, an arrow and that form. */
    private static Value value(String forms, String columns) {
        String[] sentAndReceived = forms.split(" → ", 2);
        Map<String, @Nullable String> stored = new LinkedHashMap<>();
        for (String column : columns.split(" & ", -1)) {
            String text = column.substring(column.indexOf('=') + 1);
            stored.put(column.substring(0, column.indexOf('=')), text.equals("NULL") ? null : text);
        }
        return new Value(sentAndReceived[0], sentAndReceived[sentAndReceived.length - 1], stored);
    }

    private static WhenNull whenNull(String cell) {
        return switch (cell) {
            case "null" -> WhenNull.STORED;
            case "[]" -> WhenNull.EMPTY_ARRAY;
            case "refused" -> WhenNull.REFUSED;
            default -> throw new IllegalArgumentException("null has the effect " + cell);
        };
    }
}
