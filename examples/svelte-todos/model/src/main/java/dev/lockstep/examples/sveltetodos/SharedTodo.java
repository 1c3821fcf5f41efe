package dev.lockstep.examples.sveltetodos;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A todo of everybody: the channel {@code todos}. */
@Entity
@Table(name = "svelte_todos_todos")
@SyncCollection("todos")
public class SharedTodo extends SyncRow {
    @NotBlank
    @Size(max = 500)
    @Pattern(regexp = "(?!forbidden$).*", flags = Pattern.Flag.DOTALL, message = "must not be \"forbidden\"")
    @Nullable
    String title;

    boolean completed;
}
