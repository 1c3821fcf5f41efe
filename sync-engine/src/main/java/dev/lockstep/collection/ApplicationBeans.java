package dev.lockstep.collection;

import dev.lockstep.api.entity.SyncApplication;
import dev.lockstep.collection.mapping.ApplicationPackages;
import dev.lockstep.collection.mapping.InvalidMapping;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Search for the beans of one type that applications declare. The package of a bean's class, or of its producer's class,
 * names its application. Beans with the lower {@link Priority} come first; without one, a bean has
 * {@link Interceptor.Priority#APPLICATION}.
 */
public final class ApplicationBeans {
    private ApplicationBeans() {}

    /**
     * One bean of an application. The container creates it with the first call of {@link #bean}.
     *
     * @param type the class of the bean, or of its producer
     */
    public record ApplicationBean<T>(String application, Class<?> type, Instance.Handle<T> handle) {
        public T bean() {
            return handle.get();
        }
    }

    /** The application that a class belongs to; empty if its packages name none. */
    public static Optional<String> findApplicationOf(Class<?> type) {
        return ApplicationPackages.of(type).map(SyncApplication::value);
    }

    /**
     * The beans of all applications, in order. None is created yet.
     *
     * @throws Misconfiguration if a bean belongs to no application
     */
    public static <T> List<ApplicationBean<T>> find(Instance<T> declared) {
        return inOrder(declared)
                .map(handle -> ApplicationBeans.<T>ofApplication(handle))
                .toList();
    }

    private static <T> ApplicationBean<T> ofApplication(Instance.Handle<T> handle) {
        Class<?> type = handle.getBean().getBeanClass();
        return new ApplicationBean<>(applicationOf(type), type, handle);
    }

    private static String applicationOf(Class<?> type) {
        try {
            return ApplicationPackages.nameOf(type);
        } catch (InvalidMapping invalid) {
            throw new Misconfiguration(type.getName() + " " + invalid.sentence());
        }
    }

    private static <T> Stream<? extends Instance.Handle<T>> inOrder(Instance<T> declared) {
        return declared.handlesStream()
                .sorted(Comparator.comparingInt(
                        handle -> priority(handle.getBean().getBeanClass())));
    }

    private static int priority(Class<?> type) {
        Priority priority = type.getAnnotation(Priority.class);
        return priority == null ? Interceptor.Priority.APPLICATION : priority.value();
    }

    /**
     * The beans of one application, and the server's own, in order. Those of other applications are not created.
     *
     * @param builtIn the package of the server's own beans: they belong to every application
     * @throws Misconfiguration if a bean of another package belongs to no application
     */
    public static <T> List<ApplicationBean<T>> find(Instance<T> declared, String application, Package builtIn) {
        return inOrder(declared)
                .map(handle -> handle.getBean().getBeanClass().getPackage().equals(builtIn)
                        ? new ApplicationBean<T>(application, handle.getBean().getBeanClass(), handle)
                        : ApplicationBeans.<T>ofApplication(handle))
                .filter(each -> each.application().equals(application))
                .toList();
    }

    /** The beans of one application, in order, where the server has no beans of its own. */
    public static <T> List<ApplicationBean<T>> find(Instance<T> declared, String application) {
        return find(declared).stream()
                .filter(each -> each.application().equals(application))
                .toList();
    }

    /**
     * The beans that a search finds, created with the first call of the result: beans of other deployments may not be ready
     * before. Thread-safe.
     */
    public static <T> Supplier<List<T>> atFirstUse(Supplier<List<ApplicationBean<T>>> search) {
        AtomicReference<@Nullable List<T>> found = new AtomicReference<>();
        return () -> {
            List<T> known = found.get();
            if (known == null) {
                known = search.get().stream().map(ApplicationBean::bean).toList();
                found.set(known);
            }
            return known;
        };
    }

    /**
     * The beans of each application, in order.
     *
     * @throws Misconfiguration if a bean belongs to no application
     */
    public static <T> Map<String, List<T>> byApplication(Instance<T> declared) {
        Map<String, List<T>> byApplication = new HashMap<>();
        find(declared)
                .forEach(each -> byApplication
                        .computeIfAbsent(each.application(), name -> new ArrayList<>())
                        .add(each.bean()));
        return byApplication;
    }

    /**
     * The bean of each application that has one.
     *
     * @throws Misconfiguration if a bean belongs to no application, or an application has two
     */
    public static <T> Map<String, T> singleByApplication(Class<T> type, Instance<T> declared) {
        Map<String, T> byApplication = new HashMap<>();
        byApplication(declared).forEach((application, beans) -> {
            if (beans.size() > 1) {
                throw new Misconfiguration("The application '" + application + "' has " + beans.size() + " "
                        + type.getSimpleName() + " beans: combine them into one.");
            }
            byApplication.put(application, beans.getFirst());
        });
        return byApplication;
    }
}
