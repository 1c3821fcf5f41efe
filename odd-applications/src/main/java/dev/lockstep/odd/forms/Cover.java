package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.Writable;
import dev.lockstep.odd.shapes.ShapedRow;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Its id is that of a book. */
@Entity(name = "OddCover")
@Table(name = "odd_covers")
@SyncCollection(value = "covers", clientIds = true)
public class Cover extends ShapedRow {
    @OneToOne
    @JoinColumn(name = "id", insertable = false, updatable = false)
    @Writable(Writable.When.NEVER)
    @Nullable
    Book book;

    @Size(max = 30)
    @Nullable
    String title;
}
