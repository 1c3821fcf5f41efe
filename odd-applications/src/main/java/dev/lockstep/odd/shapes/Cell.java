package dev.lockstep.odd.shapes;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Its id is embedded, and has the room, a text and a number. */
@Entity(name = "OddCell")
@Table(name = "odd_cells")
@SyncCollection("cells")
public class Cell {
    /** The id in Java. */
    @Embeddable
    public record Key(
            @RoomColumn String room,
            @Size(max = 20) String sheet,
            @Column(name = "row_number") int number) {}

    @EmbeddedId
    @Nullable
    Key key;

    @Size(max = 30)
    @Nullable
    String title;
}
