package dev.lockstep.odd.ids;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Its id is a text that the JPA provider makes. */
@Entity(name = "OddTag")
@Table(name = "odd_tags")
@SyncCollection("tags")
public class Tag {
    @Id
    @GeneratedValue(strategy = GenerationType.UUID)
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Size(max = 30)
    @Nullable
    String title;
}
