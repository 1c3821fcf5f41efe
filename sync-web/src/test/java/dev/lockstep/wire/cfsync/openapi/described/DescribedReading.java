package dev.lockstep.wire.cfsync.openapi.described;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Its id has a class, with a relation. */
@SyncCollection("readings")
@IdClass(DescribedReading.Key.class)
public class DescribedReading {
    /** The id in Java. */
    public record Key(String ticket, LocalDate day) {}

    @Id
    @ManyToOne
    @JoinColumn(name = "ticket_id")
    @Nullable
    DescribedTicket ticket;

    @Id
    @Nullable
    LocalDate day;

    long measured;
}
