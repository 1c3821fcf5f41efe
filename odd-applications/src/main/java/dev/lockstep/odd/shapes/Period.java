package dev.lockstep.odd.shapes;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A record with members. */
@Embeddable
public record Period(
        @Column(name = "due_from") @Nullable LocalDate start,
        @Column(name = "due_to") @Nullable LocalDate end) {}
