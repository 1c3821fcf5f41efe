package dev.lockstep.room;

import dev.lockstep.api.room.RoomContexts;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;

/** Registers the CDI context of {@code @RoomScoped}. */
public class RoomScopeExtension implements Extension {
    private final RoomContext context = new RoomContext();

    void register(@Observes AfterBeanDiscovery discovery) {
        discovery.addContext(context);
        discovery
                .<RoomContext>addBean()
                .beanClass(RoomContext.class)
                .addTypes(RoomContext.class, RoomContexts.class)
                .scope(Singleton.class)
                .createWith(creational -> context);
    }
}
