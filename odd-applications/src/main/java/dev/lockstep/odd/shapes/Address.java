package dev.lockstep.odd.shapes;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A value with members. */
@Embeddable
public class Address {
    @Size(max = 20)
    @Nullable
    String street;

    @Column(name = "zip_code")
    @Nullable
    Integer zip;
}
