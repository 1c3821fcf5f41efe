package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SendAs;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Two long texts, a short one, and numbers that are sent as texts. */
@Entity(name = "WorkshopScroll")
@Table(name = "workshop_scrolls")
@SyncCollection(value = "scrolls", clientIds = true)
public class Scroll {
    /** The type of long texts depends on the database. */
    public static final String TABLE =
            "create table workshop_scrolls (id varchar(255) primary key, project varchar(255)"
                    + " not null, beginning %1$s, ending %1$s, title varchar(5), number bigint not null, price numeric(38))";

    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String project;

    @Nullable
    String beginning;

    @Nullable
    String ending;

    @Nullable
    String title;

    @SendAs(SendAs.Form.TEXT)
    long number;

    @SendAs(SendAs.Form.TEXT)
    @Column(precision = 38, scale = 0)
    @Nullable
    BigDecimal price;
}
