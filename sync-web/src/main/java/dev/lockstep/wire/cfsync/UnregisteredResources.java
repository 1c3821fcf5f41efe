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
 * Finds resource classes that no {@code Application} registers. Where an {@code Application} serves all classes, or does not
 * say which, none is reported.
 */
final class UnregisteredResources {
    private static final Logger LOG = System.getLogger(UnregisteredResources.class.getName());

    /** Lockstep's own resources: an application chooses its dialects by what it extends. */
    private static final Set<Class<?>> LOCKSTEPS = Set.of(CfSyncResource.class, TicketResource.class);

    private UnregisteredResources() {}

    /**
     * One sentence for each, with the class and the cure.
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
                LOG.log(Level.DEBUG, "it cannot be found out which resources " + each.getName() + " registers", e);
                return List.of();
            }
        }
        String cure = cure(applications);
        return found.stream()
                .filter(each -> each.isAnnotationPresent(Path.class) && isConcrete(each))
                .filter(each -> !LOCKSTEPS.contains(each) && !registered.contains(each))
                .map(Class::getName)
                .sorted()
                .map(name -> "the class " + name + " has @Path, and no Application registers it: its path answers 404. "
                        + cure)
                .toList();
    }

    private static boolean isConcrete(Class<?> type) {
        return !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
    }

    /** Whether an application names no classes itself: then the server serves all that it finds. */
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

    @SuppressWarnings("deprecation") // applications may still name their resources so
    private static Set<Class<?>> registeredBy(Class<? extends Application> type) throws ReflectiveOperationException {
        Application application = type.getConstructor().newInstance();
        Set<Class<?>> registered = new HashSet<>(application.getClasses());
        application.getSingletons().forEach(each -> registered.add(each.getClass()));
        if (registered.isEmpty()) {
            throw new IllegalStateException("an Application without classes serves all");
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
