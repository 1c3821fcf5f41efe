package dev.lockstep.api.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The JSON form of a number. JavaScript reads every JSON number as a double. It changes the last digits of a whole number
 * beyond 9,007,199,254,740,991 (2^53 - 1) and of a decimal with more than 15 digits, and sends the changed number back.
 * A text keeps all digits.
 *
 * <pre>{@code
 * @SendAs(SendAs.Form.TEXT)
 * long bookingNumber; // {"bookingNumber":"9007199254740993"}
 * }</pre>
 *
 * <p>Clients then send a text as well; a JSON number is refused, and the refusal names the field. Allowed on numeric
 * fields only; on another field it fails the deployment.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface SendAs {
    /** The form in JSON. */
    Form value();

    /** The JSON form of a number. */
    enum Form {
        /** A JSON number: the form of a field without this annotation. */
        NUMBER,
        /** A JSON string of the digits. */
        TEXT
    }
}
