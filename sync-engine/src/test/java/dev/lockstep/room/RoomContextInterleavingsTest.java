package dev.lockstep.room;

import dev.lockstep.api.RoomId;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many threads enter a room, use its bean and leave: inside, the bean is always alive. */
public class RoomContextInterleavingsTest {
    private static final RoomId ROOM = new RoomId("workshop", "p1");

    private final RoomContext context = new RoomContext();
    private final Lamps lamps = new Lamps();

    /** A bean that is on while it lives. */
    private static final class Lamp {
        private volatile boolean on = true;
    }

    private static final class Lamps implements Contextual<Lamp> {
        private final AtomicInteger living = new AtomicInteger();

        @Override
        public Lamp create(CreationalContext<Lamp> creational) {
            living.incrementAndGet();
            return new Lamp();
        }

        @Override
        public void destroy(Lamp lamp, CreationalContext<Lamp> creational) {
            lamp.on = false;
            living.decrementAndGet();
        }
    }

    private static final class Nothing implements CreationalContext<Lamp> {
        @Override
        public void push(Lamp incomplete) {}

        @Override
        public void release() {}
    }

    private boolean use() {
        return context.in(ROOM, () -> {
            Lamp first = context.get(lamps, new Nothing());
            Lamp second = context.get(lamps);
            return first != null && first == second && first.on;
        });
    }

    /** Work in the room without a subscription. */
    @Operation
    public boolean work() {
        return use();
    }

    /** A subscription: its bean lives until the subscriber leaves. */
    @Operation
    public boolean stay() {
        context.enter(ROOM);
        boolean first = use();
        boolean second = use();
        context.leave(ROOM, Runnable::run);
        return first && second;
    }

    /** Without threads inside, no bean lives. */
    @Validate
    public void nothingIsKept() {
        if (lamps.living.get() != 0) {
            throw new IllegalStateException(lamps.living + " beans live in an empty room");
        }
    }

    @Test
    @Tag("ROOM6")
    @DisplayName(
            "[ROOM6] a bean lives while its room has a subscriber, whoever joins and leaves; after the last it is destroyed")
    void linearizable() {
        new ModelCheckingOptions()
                .iterations(3)
                .invocationsPerIteration(50)
                .threads(2)
                .actorsPerThread(2)
                .check(RoomContextInterleavingsTest.class);
    }
}
