package dev.lockstep.odd.forms;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.odd.shapes.ShapedRow;
import dev.lockstep.odd.values.Mood;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** JSON columns with a class, sets, any JSON, and enums. */
@Entity(name = "OddLeaf")
@Table(name = "odd_leaves")
@SyncCollection(value = "leaves", clientIds = true)
public class Leaf extends ShapedRow {
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    Box box;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    Set<String> features;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    JsonNode tree;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    List<Mood> moods;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    Set<Mood> marks;

    /** A class in a JSON column. */
    public static class Box {
        private int width;
        private @Nullable String colour;

        public int getWidth() {
            return width;
        }

        public void setWidth(int width) {
            this.width = width;
        }

        public @Nullable String getColour() {
            return colour;
        }

        public void setColour(@Nullable String colour) {
            this.colour = colour;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Box box && box.width == width && Objects.equals(box.colour, colour);
        }

        @Override
        public int hashCode() {
            return Objects.hash(width, colour);
        }
    }
}
