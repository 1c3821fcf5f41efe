package dev.lockstep.sample;

import dev.lockstep.api.Operation;
import dev.lockstep.api.entity.NeverSent;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.Writable;
import dev.lockstep.api.entity.Writable.When;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/** Collection with a field of each kind of {@code @Writable}; it has no deletes. */
@Entity(name = "WorkshopLocker")
@Table(name = "workshop_lockers")
@SyncCollection(
        value = "lockers",
        clientIds = true,
        operations = {Operation.UPDATE, Operation.INSERT})
public class Locker {
    @Id
    @Nullable
    String id;

    @Nullable
    String owner;

    @Writable(When.ON_INSERT)
    @Positive
    int number;

    @Writable(When.ON_UPDATE)
    @Column(nullable = false)
    @Pattern(regexp = "[a-z]{5,}")
    String state = "free";

    @Writable(When.NEVER)
    int openings;

    @NeverSent
    @Pattern(regexp = "[0-9]{4}")
    @Nullable
    String pin;
}
