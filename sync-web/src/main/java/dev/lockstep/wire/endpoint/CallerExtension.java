package dev.lockstep.wire.endpoint;

import dev.lockstep.api.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.util.EventListener;

/**
 * Fails the deployment where an object that lives longer than a request would keep the {@link Caller} of its first request;
 * adds MicroProfile's {@code JsonWebToken} where the server has the type and no bean for it.
 */
public class CallerExtension implements Extension {
    private static final String TOKEN = "org.eclipse.microprofile.jwt.JsonWebToken";

    private boolean hasToken;

    void bean(@Observes ProcessBean<?> event) {
        Bean<?> bean = event.getBean();
        hasToken |= bean.getTypes().stream().anyMatch(type -> type.getTypeName().equals(TOKEN));
        if (!bean.getScope().equals(RequestScoped.class)) {
            bean.getInjectionPoints().stream()
                    .filter(CallerExtension::isOfCaller)
                    .findFirst()
                    .ifPresent(point -> event.addDefinitionError(keepsCaller(point)));
        }
    }

    /** Servlets, filters and listeners are no beans. */
    void component(@Observes ProcessInjectionPoint<?, Caller> event) {
        Class<?> type = event.getInjectionPoint().getMember().getDeclaringClass();
        if (Servlet.class.isAssignableFrom(type)
                || Filter.class.isAssignableFrom(type)
                || EventListener.class.isAssignableFrom(type)) {
            event.addDefinitionError(keepsCaller(event.getInjectionPoint()));
        }
    }

    private static boolean isOfCaller(InjectionPoint point) {
        return point.getType().equals(Caller.class);
    }

    private static DefinitionException keepsCaller(InjectionPoint point) {
        return new DefinitionException("The class "
                + point.getMember().getDeclaringClass().getName()
                + " injects a Caller and serves many requests: it would take all callers for the first one. Inject"
                + " Provider<Caller> and call get() in each request, or make the class @RequestScoped.");
    }

    void token(@Observes AfterBeanDiscovery discovery) {
        if (!hasToken && isPresent()) {
            CallerToken.addBean(discovery);
        }
    }

    private static boolean isPresent() {
        try {
            Class.forName(TOKEN, false, CallerExtension.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException noTokens) {
            return false;
        }
    }
}
