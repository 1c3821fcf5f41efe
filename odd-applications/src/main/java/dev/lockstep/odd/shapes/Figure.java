package dev.lockstep.odd.shapes;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Rows of several classes in one table. */
@Entity(name = "OddFigure")
@Table(name = "odd_figures")
@DiscriminatorColumn(name = "kind")
@SyncCollection(value = "figures", clientIds = true)
public abstract class Figure extends ShapedRow {
    @Size(max = 30)
    @Nullable
    String title;

    /** A figure with a field of its own. */
    @Entity(name = "OddCircle")
    @DiscriminatorValue("circle")
    public static class Circle extends Figure {
        @Nullable
        Integer radius;
    }

    /** Another one. */
    @Entity(name = "OddSquare")
    @DiscriminatorValue("square")
    public static class Square extends Figure {
        @Nullable
        Integer side;
    }
}
