package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** Columns in two tables of another schema: one quoted name, one formula, one renamed. */
@Entity(name = "WorkshopCrate")
@Table(name = "crates", schema = "attic")
@SecondaryTable(name = "crate_labels", schema = "attic")
@SyncCollection("crates")
@AttributeOverride(name = "packed", column = @Column(name = "packed_on"))
public class Crate extends Packed {
    @Id
    @Nullable
    String id;

    @Column(name = "\"Big Name\"")
    @Nullable
    String name;

    @Column(table = "crate_labels")
    @Nullable
    String label;

    @Formula("1 + 1")
    int twice;
}
