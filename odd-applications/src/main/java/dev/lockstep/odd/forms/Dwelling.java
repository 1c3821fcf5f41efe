package dev.lockstep.odd.forms;

import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A value with a value in it. */
@Embeddable
public class Dwelling {
    @Size(max = 20)
    @Nullable
    String street;

    @Embedded
    @Valid
    @Nullable
    Postcode zip;

    /** A record within an embeddable. */
    @Embeddable
    public record Postcode(
            @Size(max = 5) @Nullable String code, @Nullable Integer plus) {}
}
