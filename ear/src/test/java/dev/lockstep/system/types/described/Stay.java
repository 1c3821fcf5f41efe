package dev.lockstep.system.types.described;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Its id has a class, with a relation. */
@SyncCollection("stays")
@IdClass(Stay.Key.class)
public class Stay {
    /** The id in Java. */
    public record Key(String guest, LocalDate arrival) {}

    /** The row that a stay refers to. */
    @SyncCollection("guests")
    public static class Guest {
        @Id
        @Nullable
        String id;
    }

    @Id
    @ManyToOne
    @Nullable
    Guest guest;

    @Id
    @Nullable
    LocalDate arrival;

    long nights;
}
