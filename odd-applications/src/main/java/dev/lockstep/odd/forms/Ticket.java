package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.Writable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

/** Clients choose its id, a number, and its natural id, which never changes. */
@Entity(name = "OddTicket")
@Table(name = "odd_tickets")
@SyncCollection(value = "tickets", clientIds = true)
public class Ticket {
    @Id
    @Nullable
    Long id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @NaturalId
    @Writable(Writable.When.ON_INSERT)
    @Size(max = 10)
    @Nullable
    String code;

    @Size(max = 30)
    @Nullable
    String title;
}
