package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.odd.shapes.ShapedRow;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

/** Embeddables within embeddables, with columns and converters that are stated in them and where they are embedded. */
@Entity(name = "OddResident")
@Table(name = "odd_residents")
@SyncCollection(value = "residents", clientIds = true)
public class Resident extends ShapedRow {
    @Embedded
    @Valid
    @Nullable
    Dwelling home;

    @Embedded
    @Valid
    @AttributeOverride(name = "street", column = @Column(name = "work_street"))
    @AttributeOverride(name = "zip.code", column = @Column(name = "work_code"))
    @AttributeOverride(name = "zip.plus", column = @Column(name = "work_plus"))
    @Convert(attributeName = "street", converter = Upper.class)
    @Convert(attributeName = "zip.code", converter = Upper.class)
    @Nullable
    Dwelling work;

    @Embedded
    @Nullable
    Name name;

    /** Members with converters. */
    @Embeddable
    public static class Name {
        @Convert(converter = Upper.class)
        @Nullable
        String last;

        @Nullable
        String first;

        @Nullable
        Grade grade;
    }
}
