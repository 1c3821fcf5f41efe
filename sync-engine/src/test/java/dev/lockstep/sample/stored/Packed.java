package dev.lockstep.sample.stored;

import jakarta.persistence.MappedSuperclass;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Mapped superclass of several entities. */
@MappedSuperclass
public class Packed {
    @Nullable
    LocalDate packed;
}
