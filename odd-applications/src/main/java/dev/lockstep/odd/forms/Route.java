package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.odd.shapes.ShapedRow;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collections in tables of their own: of items with members, sorted sets, and items with a converter. */
@Entity(name = "OddRoute")
@Table(name = "odd_routes")
@SyncCollection(value = "routes", clientIds = true)
public class Route extends ShapedRow {
    @ElementCollection
    @CollectionTable(name = "odd_route_stages", joinColumns = @JoinColumn(name = "route"))
    @OrderColumn(name = "place")
    List<Stage> stages = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "odd_route_stops", joinColumns = @JoinColumn(name = "route"))
    @OrderBy("days desc, town")
    List<Stage> stops = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "odd_route_halts", joinColumns = @JoinColumn(name = "route"))
    Set<Stage> halts = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "odd_route_tags", joinColumns = @JoinColumn(name = "route"))
    @Column(name = "item")
    SortedSet<String> tags = new TreeSet<>();

    @ElementCollection
    @CollectionTable(name = "odd_route_grades", joinColumns = @JoinColumn(name = "route"))
    @Column(name = "item")
    Set<Grade> grades = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "odd_route_dates", joinColumns = @JoinColumn(name = "route"))
    @Column(name = "item")
    Collection<LocalDate> dates = new ArrayList<>();

    /** An item with members, of which any may be missing. */
    @Embeddable
    public static class Stage {
        @Column(name = "town")
        @Nullable
        String town;

        @Column(name = "days")
        @Nullable
        Integer days;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Stage stage && Objects.equals(town, stage.town) && Objects.equals(days, stage.days);
        }

        @Override
        public int hashCode() {
            return Objects.hash(town, days);
        }
    }
}
