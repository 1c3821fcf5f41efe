package dev.lockstep.database;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs a test class on H2 and on PostgreSQL. The constructor takes the database:
 * <pre>{@code
 * @OnEveryDatabase
 * class FloorsTest {
 *     private final TestDatabase database;
 *
 *     FloorsTest(TestDatabase database) {
 *         this.database = database.emptied();
 *     }
 * }
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FailureLine.class)
@ParameterizedClass(name = "on {0}")
@MethodSource("dev.lockstep.database.TestDatabase#every")
public @interface OnEveryDatabase {}
