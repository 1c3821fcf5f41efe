package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.DevelopmentOnly;
import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.application.RuntimeProfile;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A bean that applications, or this package, declare.
 *
 * @param application whose it is; empty for those of this package, which are everybody's
 * @param isInForce whether the server's profile lets it know anybody
 */
record ApplicationBean<T>(T bean, Optional<String> application, int priority, boolean isInForce) {
    static <T> List<ApplicationBean<T>> all(Instance<T> beans, RuntimeProfile runtimeProfile) {
        Stream<? extends Instance.Handle<T>> handles = beans.handlesStream();
        return handles.map(handle -> of(handle.get(), handle.getBean().getBeanClass(), runtimeProfile))
                .sorted(Comparator.comparingInt(ApplicationBean::priority))
                .toList();
    }

    private static <T> ApplicationBean<T> of(T bean, Class<?> type, RuntimeProfile runtimeProfile) {
        Optional<String> application = CollectionRegistry.applicationOf(type);
        if (application.isEmpty() && !type.getPackage().equals(ApplicationBean.class.getPackage())) {
            throw new Misconfiguration(type.getName() + " says who somebody is, but for no application: annotate its"
                    + " package, in package-info.java, with @SyncApplication(\"name-of-the-application\").");
        }
        Priority priority = type.getAnnotation(Priority.class);
        return new ApplicationBean<>(
                bean,
                application,
                priority == null ? Interceptor.Priority.APPLICATION : priority.value(),
                runtimeProfile == RuntimeProfile.DEVELOPMENT || !type.isAnnotationPresent(DevelopmentOnly.class));
    }

    boolean isOf(String wanted) {
        return application.isEmpty() || application.get().equals(wanted);
    }
}
