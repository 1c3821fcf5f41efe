package dev.lockstep.api.identity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an {@link IdentityResolver} or {@link BasicUsers} with publicly known credentials. Unless the server runs with
 * {@code lockstep.profile=development}, the bean recognizes no user. The paths that it guards stay guarded.
 *
 * <pre>{@code
 * @DevelopmentOnly
 * @ApplicationScoped
 * public class DemoUsers implements BasicUsers { ... }
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface DevelopmentOnly {}
