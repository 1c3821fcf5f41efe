package dev.lockstep.wire.socket;

import dev.lockstep.api.hook.SocketHook;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.wire.application.ServedApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The socket hooks of the served application. An exception of a hook is logged and has no other effect. Thread-safe. */
@ApplicationScoped
public class SocketHooks {
    private static final Logger LOG = System.getLogger(SocketHooks.class.getName());

    @Inject
    private ServedApplication application;

    @Inject
    @Any
    private Instance<SocketHook> declared;

    private final Supplier<List<SocketHook>> hooks =
            ApplicationBeans.atFirstUse(() -> ApplicationBeans.find(declared, application.name()));

    /** Whether the application has none. */
    public boolean isEmpty() {
        return hooks.get().isEmpty();
    }

    public void subscribed(SocketHook.Peer peer) {
        each(hook -> hook.subscribed(peer));
    }

    public void closed(SocketHook.Peer peer) {
        each(hook -> hook.closed(peer));
    }

    public void received(SocketHook.Peer peer, Map<String, @Nullable Object> message) {
        for (SocketHook hook : hooks.get()) {
            try {
                if (hook.received(peer, message)) {
                    return;
                }
            } catch (RuntimeException | Error e) {
                failed(hook, e);
            }
        }
    }

    private void each(Consumer<SocketHook> step) {
        for (SocketHook hook : hooks.get()) {
            try {
                step.accept(hook);
            } catch (RuntimeException | Error e) {
                failed(hook, e);
            }
        }
    }

    private static void failed(SocketHook hook, Throwable e) {
        LOG.log(Level.WARNING, "Socket hook failed: " + hook.getClass().getName(), e);
    }
}
