package dev.lockstep.workshop.stored;

import jakarta.persistence.MappedSuperclass;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What several entities have. */
@MappedSuperclass
public class Packed {
    @Nullable
    LocalDate packed;
}
