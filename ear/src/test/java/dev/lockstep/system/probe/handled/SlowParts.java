package dev.lockstep.system.probe.handled;

import dev.lockstep.api.Change;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Row;
import dev.lockstep.api.hook.ChangeHook;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Delays the answer to the creation of a slow part until the test releases it. */
@ApplicationScoped
public class SlowParts implements ChangeHook {
    private static final int SECONDS_MAX = 20;

    private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

    private CountDownLatch latch(String id) {
        return waiting.computeIfAbsent(id, key -> new CountDownLatch(1));
    }

    @Override
    public void after(Mutation mutation, List<Optional<Row>> rows) {
        if (mutation.changes().getFirst() instanceof Change.Insert insert
                && "slow".equals(insert.fields().get("name"))
                && insert.id() != null) {
            try {
                if (!latch(insert.id().value()).await(SECONDS_MAX, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the test did not release the answer");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets the answer to the creation of a part leave. */
    public void release(String id) {
        latch(id).countDown();
    }
}
