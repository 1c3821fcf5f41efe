package dev.lockstep.odd.rooms;

import dev.lockstep.api.entity.RoomColumn;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The common fields of animals: one table holds them all. */
@Entity(name = "OddAnimal")
@Table(name = "odd_animals")
@DiscriminatorColumn(name = "species")
public abstract class Animal {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Size(max = 50)
    @Column(nullable = false)
    String name = "";
}
