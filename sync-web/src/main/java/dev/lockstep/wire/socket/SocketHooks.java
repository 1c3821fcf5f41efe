package dev.lockstep.wire.socket;

import dev.lockstep.api.hook.SocketHook;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.collection.ApplicationBeans.ApplicationBean;
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

    private volatile @Nullable List<SocketHook> known;

    private List<SocketHook> all() {
        List<SocketHook> found = known;
        if (found == null) {
            found = ApplicationBeans.find(declared, application.name()).stream()
                    .map(ApplicationBean::bean)
                    .toList();
            known = found;
        }
        return found;
    }

    /** Whether the application has none. */
    public boolean isEmpty() {
        return all().isEmpty();
    }

    public void subscribed(SocketHook.Peer peer) {
        each(hook -> hook.subscribed(peer));
    }

    public void closed(SocketHook.Peer peer) {
        each(hook -> hook.closed(peer));
    }

    public void received(SocketHook.Peer peer, Map<String, @Nullable Object> message) {
        for (SocketHook hook : all()) {
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
        for (SocketHook hook : all()) {
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
