package dev.lockstep.odd.ids;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Its id is made by the JPA provider. Belongs to a stamp. */
@Entity(name = "OddVoucher")
@Table(name = "odd_vouchers")
@SyncCollection("vouchers")
public class Voucher {
    @Id
    @GeneratedValue(strategy = GenerationType.UUID)
    @Nullable
    UUID id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @ManyToOne(optional = false)
    @JoinColumn(name = "stamp_id")
    @BelongsTo(value = Stamp.class, onDelete = BelongsTo.OnDelete.DELETE)
    @Nullable
    Stamp stamp;

    @Size(max = 30)
    @Nullable
    String title;
}
