package dev.lockstep.odd.shapes;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.odd.values.Mood;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Collections in tables of their own: with an order, without one, and a set that is loaded eagerly. */
@Entity(name = "OddTour")
@Table(name = "odd_tours")
@SyncCollection(value = "tours", clientIds = true)
public class Tour extends ShapedRow {
    @ElementCollection
    @CollectionTable(name = "odd_tour_towns", joinColumns = @JoinColumn(name = "tour"))
    @OrderColumn(name = "place")
    @Column(name = "item")
    @Size(max = 4)
    List<String> towns = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "odd_tour_marks", joinColumns = @JoinColumn(name = "tour"))
    @Column(name = "item")
    List<Integer> marks = new ArrayList<>();

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "odd_tour_moods", joinColumns = @JoinColumn(name = "tour"))
    @Enumerated(EnumType.STRING)
    @Column(name = "item")
    Set<Mood> moods = EnumSet.noneOf(Mood.class);
}
