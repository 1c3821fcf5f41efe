package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.odd.shapes.ShapedRow;
import jakarta.persistence.Entity;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Rows of several classes in joined tables. */
@Entity(name = "OddVehicle")
@Table(name = "odd_vehicles")
@Inheritance(strategy = InheritanceType.JOINED)
@SyncCollection(value = "vehicles", clientIds = true)
public abstract class Vehicle extends ShapedRow {
    @Size(max = 30)
    @Nullable
    String title;

    /** A vehicle with a table of its own. */
    @Entity(name = "OddCar")
    @Table(name = "odd_cars")
    public static class Car extends Vehicle {
        @Nullable
        Integer doors;

        @Size(max = 9)
        @Nullable
        String plate;
    }

    /** Another one. */
    @Entity(name = "OddBoat")
    @Table(name = "odd_boats")
    public static class Boat extends Vehicle {
        boolean sails;

        @Nullable
        Double draft;
    }
}
