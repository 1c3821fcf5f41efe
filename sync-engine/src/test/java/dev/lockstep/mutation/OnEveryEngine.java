package dev.lockstep.mutation;

import dev.lockstep.database.FailureLine;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs a test class on the engine in memory, on H2 and on PostgreSQL. The constructor takes a supplier of empty engines. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FailureLine.class)
@ParameterizedClass(name = "{0}")
@MethodSource("dev.lockstep.mutation.EngineFixture#everyEngine")
@interface OnEveryEngine {}
