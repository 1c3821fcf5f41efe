package dev.lockstep.wire.livestore.hook;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.hook.StoreHook;
import dev.lockstep.api.hook.StoreRequest;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.wire.application.ServedApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The store hooks of the served application. Thread-safe. */
@ApplicationScoped
public class StoreHooks {
    private static final Logger LOG = System.getLogger(StoreHooks.class.getName());

    @Inject
    private ServedApplication application;

    @Inject
    private ApplicationExecutor executor;

    @Inject
    @Any
    private Instance<StoreHook> declared;

    private final Supplier<List<StoreHook>> hooks =
            ApplicationBeans.atFirstUse(() -> ApplicationBeans.find(declared, application.name()));

    /**
     * The headers that the hooks choose, by name in lower case. A hook that fails is logged, and chooses none.
     *
     * @param headers all headers, by name in lower case
     */
    Map<String, String> forwardHeaders(Map<String, String> headers) {
        Map<String, String> chosen = new TreeMap<>();
        Map<String, String> all = Collections.unmodifiableMap(headers);
        hooks.get()
                .forEach(hook -> run(
                        hook,
                        each -> each.forwardHeaders(all)
                                .forEach((name, value) -> chosen.put(name.toLowerCase(Locale.ROOT), value))));
        return chosen;
    }

    /** Runs the hooks before a push on this thread; the first exception refuses it. */
    public void beforePush(StoreRequest request, List<StoreEvent> events) {
        hooks.get().forEach(hook -> hook.beforePush(request, events));
    }

    /** Runs the hooks before a pull on this thread; the first exception refuses it. */
    public void beforePull(StoreRequest request, long after) {
        hooks.get().forEach(hook -> hook.beforePull(request, after));
    }

    /** Runs the hooks after a push later, on another thread. */
    public void afterPush(RoomId room, StoreRequest request, List<StoreEvent> events) {
        later(room, hook -> hook.afterPush(request, events));
    }

    /** Runs the hooks after a pull later, on another thread. */
    public void afterPull(RoomId room, StoreRequest request, long after) {
        later(room, hook -> hook.afterPull(request, after));
    }

    private void later(RoomId room, Consumer<StoreHook> step) {
        if (!hooks.get().isEmpty()) {
            executor.of(room).execute(() -> hooks.get().forEach(hook -> run(hook, step)));
        }
    }

    private static void run(StoreHook hook, Consumer<StoreHook> step) {
        try {
            step.accept(hook);
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.WARNING,
                    "A store hook failed; its store continues: "
                            + hook.getClass().getName(),
                    e);
        }
    }
}
