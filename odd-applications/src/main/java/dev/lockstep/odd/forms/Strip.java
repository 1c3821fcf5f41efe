package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.odd.shapes.ShapedRow;
import dev.lockstep.odd.values.Mood;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Array columns with sets, UUIDs, enums by ordinal, days and primitives. */
@Entity(name = "OddStrip")
@Table(name = "odd_strips")
@SyncCollection(value = "strips", clientIds = true)
public class Strip extends ShapedRow {
    @Nullable
    Set<Integer> sizes;

    @Nullable
    SortedSet<String> tags;

    @Column(name = "key_list")
    UUID @Nullable [] keys;

    Mood @Nullable [] moods;

    @Nullable
    List<LocalDate> days;

    long @Nullable [] counts;
}
