package dev.lockstep.system.probe.shipping;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** A service of the application, as it was before: it knows nothing of collections. */
@ApplicationScoped
public class Handling {
    @PersistenceContext(unitName = "lockstep")
    private EntityManager entities;

    /** Registers that a cargo was claimed. */
    @Transactional
    public void claim(UUID cargo) {
        Cargo claimed = entities.find(Cargo.class, cargo);
        HandlingEvent event = new HandlingEvent();
        event.cargo = claimed;
        event.shipper = claimed.shipper;
        event.kind = HandlingEvent.Kind.CLAIM;
        entities.persist(event);
    }

    /** Gives a port another name. Nothing of its own table changes. */
    @Transactional
    public void addAlias(String port, String alias) {
        entities.find(Port.class, port).aliases.add(alias);
    }
}
