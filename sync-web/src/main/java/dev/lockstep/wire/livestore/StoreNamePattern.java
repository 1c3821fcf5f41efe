package dev.lockstep.wire.livestore;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The names that clients may give to stores, on the {@link LiveStoreApi} of an application. Without it, any text of 1 to 256
 * characters is a name. Application code, and operators with an import, may use other names.
 *
 * <pre>{@code
 * @StoreNamePattern("[a-z0-9-]{1,40}")
 * public class NotesSync extends LiveStoreApi {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StoreNamePattern {
    /**
     * A regular expression that the whole name matches. An invalid one fails the deployment. It runs for each connection
     * with text from clients: an expression without nested repetitions takes time linear in the name's length.
     */
    String value();
}
