package dev.lockstep.api.identity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An {@link IdentityResolver} or {@link BasicUsers} with credentials that everybody may know: it knows nobody, unless the
 * server runs with {@code lockstep.profile=development}. What it guards stays guarded.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface DevelopmentOnly {}
