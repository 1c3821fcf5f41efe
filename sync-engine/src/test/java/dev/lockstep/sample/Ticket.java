package dev.lockstep.sample;

import dev.lockstep.api.entity.Filterable;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SendAs;
import dev.lockstep.api.entity.Sortable;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collection whose lists clients filter and sort by fields of many types. */
@Entity(name = "WorkshopTicket")
@Table(name = "workshop_tickets")
@SyncCollection(value = "tickets", clientIds = true)
@Filterable("createdAt")
@Sortable("createdAt")
public class Ticket extends SyncRow {
    /** The state of a ticket. */
    public enum Status {
        OPEN,
        DONE,
        REFUSED
    }

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String project;

    @Nullable
    String title;

    @Filterable
    @Sortable
    @Enumerated(EnumType.STRING)
    @Nullable
    Status status;

    @Filterable
    @Sortable
    int effort;

    @Filterable
    @Sortable
    @Column(name = "due_at")
    @Nullable
    Instant dueAt;

    @Filterable
    @Nullable
    String assignee;

    @Filterable
    @Column(precision = 12, scale = 3)
    @Nullable
    BigDecimal price;

    @Filterable
    @Column(name = "due_day")
    @Nullable
    LocalDate dueDay;

    @Filterable
    boolean open;

    @Filterable
    @Nullable
    UUID tag;

    @Filterable
    @Nullable
    Double weight;

    @Filterable
    @Column(name = "seen_at")
    @Nullable
    OffsetDateTime seenAt;

    @Filterable
    @Sortable
    @SendAs(SendAs.Form.TEXT)
    long position;
}
