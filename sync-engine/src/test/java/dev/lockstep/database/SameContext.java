package dev.lockstep.database;

import jakarta.enterprise.concurrent.ContextService;
import java.lang.reflect.Proxy;
import java.util.concurrent.Executor;

/** Contexts for a test without a server: each task runs directly. */
public final class SameContext {
    private SameContext() {}

    public static ContextService service() {
        Executor direct = Runnable::run;
        return (ContextService) Proxy.newProxyInstance(
                SameContext.class.getClassLoader(),
                new Class<?>[] {ContextService.class},
                (self, method, arguments) -> direct); // only the executor of the current context is used
    }
}
