package dev.lockstep.examples.sveltetodos;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** An item of the pantry: the channel {@code pantry}. The entity is the server's copy; {@link PantryHandler} keeps the items. */
@Entity
@Table(name = "svelte_todos_pantry")
@SyncCollection("pantry")
public class PantryItem {
    @Id
    @Nullable
    String id;

    @NotBlank
    @Size(max = 200)
    @Nullable
    String name;

    @PositiveOrZero
    long amount;
}
