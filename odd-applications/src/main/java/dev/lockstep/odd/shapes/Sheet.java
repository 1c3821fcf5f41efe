package dev.lockstep.odd.shapes;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Bytes, arrays and JSON columns. */
@Entity(name = "OddSheet")
@Table(name = "odd_sheets")
@SyncCollection(value = "sheets", clientIds = true)
public class Sheet extends ShapedRow {
    byte @Nullable [] photo;

    String @Nullable [] labels;

    @Nullable
    List<Integer> sizes;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    Map<String, Object> settings;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    List<Part> parts;

    /** An item of a JSON column. */
    public record Part(String name, int count) {}
}
