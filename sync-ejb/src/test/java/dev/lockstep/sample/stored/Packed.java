package dev.lockstep.sample.stored;

import jakarta.persistence.MappedSuperclass;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The fields of several entities. */
@MappedSuperclass
public class Packed {
    @Nullable
    LocalDate packed;
}
