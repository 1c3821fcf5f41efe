package dev.lockstep.sample.shape;

import dev.lockstep.api.entity.Filterable;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.Writable;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Relations to rows with numbers and UUIDs as their ids: rooms, and fields by which clients filter. */
public final class RoomShapes {
    private RoomShapes() {}

    /** A row of the shared room, which names a room by its number. */
    @Entity(name = "ShapeVoyage")
    @Table(name = "workshop_voyages")
    @SyncCollection("voyages")
    public static class Voyage {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Nullable
        Long id;

        @Nullable
        String title;
    }

    /** A row whose room is a number. */
    @Entity(name = "ShapeMovement")
    @Table(name = "workshop_movements")
    @SyncCollection(value = "movements", clientIds = true)
    public static class Movement {
        @Id
        @Nullable
        String id;

        @RoomColumn
        @Writable(Writable.When.ON_UPDATE)
        @ManyToOne(fetch = FetchType.LAZY, optional = false)
        @JoinColumn(name = "voyage", nullable = false)
        @Nullable
        Voyage voyage;

        @Nullable
        String title;

        /** Creates one as an application does. */
        public static Movement of(String id) {
            Movement made = new Movement();
            made.id = id;
            return made;
        }
    }

    /** A row of the shared room, which names a room by its UUID. */
    @Entity(name = "ShapePort")
    @Table(name = "workshop_ports")
    @SyncCollection("ports")
    public static class Port {
        @Id
        @Nullable
        UUID id;
    }

    /** A row whose room is a UUID. */
    @Entity(name = "ShapeCrane")
    @Table(name = "workshop_cranes")
    @SyncCollection(value = "cranes", clientIds = true)
    public static class Crane {
        @Id
        @Nullable
        String id;

        @RoomColumn
        @ManyToOne
        @JoinColumn(name = "port")
        @Nullable
        Port port;

        @Nullable
        String title;
    }

    /** A row with relations by which clients filter. */
    @Entity(name = "ShapeBooking")
    @Table(name = "workshop_bookings")
    @SyncCollection(value = "bookings", clientIds = true)
    public static class Booking {
        @Id
        @Nullable
        String id;

        @RoomColumn
        @Nullable
        String room;

        @Filterable
        @ManyToOne(fetch = FetchType.LAZY)
        @Nullable
        Voyage voyage;

        @Filterable
        @ManyToOne
        @JoinColumn(name = "port")
        @JsonbProperty("portId")
        @Nullable
        Port port;

        @Filterable
        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "previous")
        @Nullable
        Booking previous;
    }
}
