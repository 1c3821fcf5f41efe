package dev.lockstep.wire.cfsync;

import dev.lockstep.wire.identity.TicketResource;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Search for resource classes that no {@code Application} registers. It reports none if an {@code Application} serves all
 * classes, or if its classes are unknown.
 */
final class UnregisteredResources {
    private static final Logger LOG = System.getLogger(UnregisteredResources.class.getName());

    /** Lockstep's own resources, which an application registers through its superclass. */
    private static final Set<Class<?>> BUILT_IN = Set.of(CfSyncResource.class, TicketResource.class);

    private UnregisteredResources() {}

    /**
     * One sentence for each such class, with the class and the cure.
     *
     * @param found a web application's classes with {@code @Path} and its {@code Application}s
     */
    static List<String> among(Set<Class<?>> found) {
        List<Class<? extends Application>> applications = found.stream()
                .filter(each -> Application.class.isAssignableFrom(each) && isConcrete(each))
                .<Class<? extends Application>>map(each -> each.asSubclass(Application.class))
                .sorted(Comparator.comparing(Class::getName))
                .toList();
        if (applications.isEmpty() || applications.stream().anyMatch(UnregisteredResources::servesAll)) {
            return List.of();
        }
        Set<Class<?>> registered = new HashSet<>();
        for (Class<? extends Application> each : applications) {
            try {
                registered.addAll(registeredBy(each));
            } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                LOG.log(Level.DEBUG, "The resources of " + each.getName() + " are unknown", e);
                return List.of();
            }
        }
        String cure = cure(applications);
        return found.stream()
                .filter(each -> each.isAnnotationPresent(Path.class) && isConcrete(each))
                .filter(each -> !BUILT_IN.contains(each) && !registered.contains(each))
                .map(Class::getName)
                .sorted()
                .map(name -> "the class " + name + " has @Path, and no Application registers it: its path answers 404. "
                        + cure)
                .toList();
    }

    private static boolean isConcrete(Class<?> type) {
        return !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
    }

    /** Whether an application overrides neither method, so that the server registers all classes that it finds. */
    private static boolean servesAll(Class<? extends Application> type) {
        return isInherited(type, "getClasses") && isInherited(type, "getSingletons");
    }

    private static boolean isInherited(Class<? extends Application> type, String method) {
        try {
            return type.getMethod(method).getDeclaringClass().equals(Application.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("each Application has this method", e);
        }
    }

    @SuppressWarnings("deprecation") // applications may still use singletons
    private static Set<Class<?>> registeredBy(Class<? extends Application> type) throws ReflectiveOperationException {
        Application application = type.getConstructor().newInstance();
        Set<Class<?>> registered = new HashSet<>(application.getClasses());
        application.getSingletons().forEach(each -> registered.add(each.getClass()));
        if (registered.isEmpty()) {
            throw new IllegalStateException("an Application without classes registers all");
        }
        return registered;
    }

    private static String cure(List<Class<? extends Application>> applications) {
        return "Add it to "
                + String.join(
                        " or ",
                        applications.stream().map(UnregisteredResources::method).toList());
    }

    private static String method(Class<? extends Application> type) {
        return (CfSyncApi.class.isAssignableFrom(type) ? "ownResources() of " : "getClasses() of ") + type.getName();
    }
}
