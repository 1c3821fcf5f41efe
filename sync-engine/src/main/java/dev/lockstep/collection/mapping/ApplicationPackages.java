package dev.lockstep.collection.mapping;

import dev.lockstep.api.entity.SyncApplication;
import java.util.Optional;

/** The packages of applications. */
public final class ApplicationPackages {
    private ApplicationPackages() {}

    /** The declaration of the application to which a class belongs: the nearest enclosing package has it. */
    public static Optional<SyncApplication> of(Class<?> member) {
        String name = member.getPackageName();
        while (!name.isEmpty()) {
            Optional<SyncApplication> application = declaredBy(name, member.getClassLoader());
            if (application.isPresent()) {
                return application;
            }
            name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        }
        return Optional.empty();
    }

    /**
     * The name of the application to which a class belongs.
     *
     * @throws InvalidMapping if it belongs to none
     */
    public static String nameOf(Class<?> member) {
        return of(member)
                .map(SyncApplication::value)
                .orElseThrow(() -> new InvalidMapping("belongs to no application: annotate its package, in"
                        + " package-info.java, with @SyncApplication(\"name-of-the-application\")."));
    }

    private static Optional<SyncApplication> declaredBy(String packageName, ClassLoader loader) {
        try {
            Class<?> info = Class.forName(packageName + ".package-info", false, loader);
            return Optional.ofNullable(info.getAnnotation(SyncApplication.class));
        } catch (ClassNotFoundException e) {
            return Optional.empty(); // the package has no package-info
        }
    }
}
