package dev.lockstep.database;

import jakarta.enterprise.concurrent.ContextService;
import java.lang.reflect.Proxy;
import java.util.concurrent.Executor;

/** The contexts of a test, which has no server: each task simply runs. */
public final class SameContext {
    private SameContext() {}

    public static ContextService service() {
        Executor direct = Runnable::run;
        return (ContextService) Proxy.newProxyInstance(
                SameContext.class.getClassLoader(),
                new Class<?>[] {ContextService.class},
                (self, method, arguments) -> direct); // only the current context's executor is asked for
    }
}
