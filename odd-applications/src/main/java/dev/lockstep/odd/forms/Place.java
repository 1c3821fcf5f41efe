package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.odd.shapes.ShapedRow;
import jakarta.persistence.Entity;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Rows of several classes, each with a table of its own. */
@Entity(name = "OddPlace")
@Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
@SyncCollection(value = "places", clientIds = true)
public abstract class Place extends ShapedRow {
    @Size(max = 30)
    @Nullable
    String title;

    /** A place in one table. */
    @Entity(name = "OddStop")
    @Table(name = "odd_stops")
    public static class Stop extends Place {
        @Nullable
        Integer line;

        @Nullable
        Boolean roofed;
    }

    /** A place in another one. */
    @Entity(name = "OddGarage")
    @Table(name = "odd_garages")
    public static class Garage extends Place {
        boolean heated;

        @Nullable
        Integer spots;
    }
}
