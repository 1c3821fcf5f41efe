package dev.lockstep.odd.ids;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Its id is a number of a sequence. */
@Entity(name = "OddCrate")
@Table(name = "odd_crates")
@SyncCollection("crates")
public class Crate {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "odd_crates_ids")
    @SequenceGenerator(name = "odd_crates_ids", sequenceName = "odd_crates_ids", allocationSize = 10)
    @Nullable
    Long id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Size(max = 30)
    @Nullable
    String title;
}
