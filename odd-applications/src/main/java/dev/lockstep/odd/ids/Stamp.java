package dev.lockstep.odd.ids;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Its id is made by an identity column. May refer to a crate. */
@Entity(name = "OddStamp")
@Table(name = "odd_stamps")
@SyncCollection("stamps")
public class Stamp {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Integer id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Size(max = 30)
    @Nullable
    String title;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "crate_id")
    @Nullable
    Crate crate;

    @Version
    @Nullable
    Long version;
}
