package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.odd.shapes.ShapedRow;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The owning side of a relation of one row to one other. */
@Entity(name = "OddSeal")
@Table(name = "odd_seals")
@SyncCollection(value = "seals", clientIds = true)
public class Seal extends ShapedRow {
    @OneToOne
    @JoinColumn(name = "pass_id", unique = true)
    @Nullable
    Pass pass;

    @Size(max = 30)
    @Nullable
    String title;
}
