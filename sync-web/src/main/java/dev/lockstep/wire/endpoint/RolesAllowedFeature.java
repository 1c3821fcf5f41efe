package dev.lockstep.wire.endpoint;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import jakarta.annotation.Priority;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Enforces {@link RolesAllowed}, {@link DenyAll} and {@link PermitAll} on resource methods and classes, of superclasses and
 * interfaces too; the method's annotation goes before the class's. Loaded for every JAX-RS application of the web
 * application by the service loader (Jakarta RESTful Web Services 3.1, section 4.1.2): RESTEasy alone enforces them
 * only with {@code resteasy.role.based.security=true}.
 */
public final class RolesAllowedFeature implements DynamicFeature {
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        rule(resource.getResourceMethod(), resource.getResourceClass()).ifPresent(context::register);
    }

    /** The check of a resource method; empty if none is asked for. */
    static Optional<RoleCheck> rule(Method method, Class<?> type) {
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(type, types);
        Stream<AnnotatedElement> methods = types.stream().flatMap(each -> declared(each, method).stream());
        return Stream.concat(methods, types.stream())
                .flatMap(place -> rule(place).stream())
                .findFirst()
                .filter(check -> !check.isOpen());
    }

    /** A class, its superclasses and then their interfaces. */
    private static void collect(Class<?> type, Set<Class<?>> into) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            classes.add(each);
        }
        into.addAll(classes);
        classes.stream().flatMap(each -> Stream.of(each.getInterfaces())).forEach(each -> collect(each, into));
    }

    private static Optional<Method> declared(Class<?> type, Method method) {
        return Stream.of(type.getDeclaredMethods())
                .filter(each -> !each.isBridge()
                        && each.getName().equals(method.getName())
                        && List.of(each.getParameterTypes()).equals(List.of(method.getParameterTypes())))
                .findFirst();
    }

    private static Optional<RoleCheck> rule(AnnotatedElement place) {
        if (place.isAnnotationPresent(DenyAll.class)) {
            return Optional.of(new RoleCheck(Set.of(), false));
        }
        if (place.isAnnotationPresent(PermitAll.class)) {
            return Optional.of(new RoleCheck(Set.of(), true));
        }
        return Optional.ofNullable(place.getAnnotation(RolesAllowed.class))
                .map(allowed -> new RoleCheck(Set.of(allowed.value()), false));
    }

    /**
     * Refuses callers without identity with 401, and callers in none of the roles with 403.
     *
     * @param roles one of which is needed
     * @param isOpen whether all callers pass
     */
    @Priority(Priorities.AUTHORIZATION - 1) // before the server's own check, which has other answers
    record RoleCheck(Set<String> roles, boolean isOpen) implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            SecurityContext caller = request.getSecurityContext();
            if (!roles.isEmpty() && caller.getUserPrincipal() == null) {
                request.abortWith(EndpointErrors.response(new Refusal(ErrorCode.UNAUTHENTICATED, "Unauthorized")));
            } else if (roles.stream().noneMatch(caller::isUserInRole)) {
                request.abortWith(EndpointErrors.response(
                        Refusal.forbidden("Forbidden: this needs a role that the caller lacks")));
            }
        }
    }
}
