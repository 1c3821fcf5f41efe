package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * In what form a number travels. JavaScript reads every JSON number as a double: of a whole number beyond
 * 9,007,199,254,740,991 (2^53 - 1), and of a decimal of more than 15 digits, it changes the last digits, and sends the
 * changed number back. As a text the number keeps its digits.
 *
 * <pre>{@code
 * @SendAs(SendAs.Form.TEXT)
 * long bookingNumber; // {"bookingNumber":"9007199254740993"}
 * }</pre>
 *
 * <p>Clients then send a text as well; a JSON number is refused by the field's name. For fields of numbers only; on
 * another field it fails the deployment.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface SendAs {
    /** The form in JSON. */
    Form value();

    /** A form of a number in JSON. */
    enum Form {
        /** The form of a field without this annotation. */
        NUMBER,
        /** The digits in quotes. */
        TEXT
    }
}
