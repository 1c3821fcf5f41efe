package dev.lockstep.api.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the collection of a {@link CollectionHandler}. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Handles {
    /**
     * The entity of the collection. Its table holds the server's copy of the rows. It deletes for good: it has no
     * {@link dev.lockstep.api.entity.DeletedAt} field, and no composite key. The deployment fails otherwise.
     */
    Class<?> value();
}
