package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How clients that keep rows themselves get those of a collection. Without it, they get all of them at the start. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Loading {
    /** When clients load rows. */
    Strategy value() default Strategy.INSTANT;

    /**
     * The {@code String} fields, by their names on the wire, by whose values clients may load rows. The id is one of them
     * in any case, but for {@link Strategy#INSTANT}.
     */
    String[] keys() default {};

    /** A time at which rows are loaded. */
    enum Strategy {
        /** With the first snapshot. */
        INSTANT,
        /** When they are asked for. */
        LAZY,
        /** When they are asked for, by the value of a key. */
        PARTIAL
    }
}
