package dev.lockstep.odd.ids;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.TableGenerator;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Its id is a number of a table with numbers. */
@Entity(name = "OddBadge")
@Table(name = "odd_badges")
@SyncCollection("badges")
public class Badge {
    @Id
    @GeneratedValue(strategy = GenerationType.TABLE, generator = "odd_badges_ids")
    @TableGenerator(
            name = "odd_badges_ids",
            table = "odd_badge_numbers",
            pkColumnName = "name",
            valueColumnName = "number",
            allocationSize = 5)
    @Nullable
    Short id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Size(max = 30)
    @Nullable
    String title;
}
