package dev.lockstep.system.probe.shipping;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import jakarta.validation.constraints.NotBlank;
import java.util.ArrayList;
import java.util.List;

/** A voyage of a ship. All rooms share the voyages; each is the room of its movements. */
@Entity
@Table(name = "shipping_voyages")
@SyncCollection("voyages")
public class Voyage {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "voyages")
    @SequenceGenerator(name = "voyages", sequenceName = "shipping_voyage_seq", allocationSize = 20)
    long id;

    @NotBlank
    @Column(name = "voyage_number", nullable = false)
    String number = "";

    @OneToMany(mappedBy = "voyage")
    List<CarrierMovement> movements = new ArrayList<>();

    @Version
    int version;
}
