package dev.lockstep.api.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.SyncException;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Around the methods of the class stands the access chain. Each takes one {@link Access} and returns a
 * {@code CompletionStage}, which fails with a {@link SyncException} if access is refused.
 *
 * <p>An application's own step is a CDI interceptor with this binding and a {@code @Priority} that {@link AccessOrder}
 * gives a place. It is called for every application of the EAR, and refuses by a failed stage or by throwing a
 * {@link SyncException}; what it throws else is a fault of the server, and what does not proceed is not done. It
 * proceeds at most once, on the thread that called it.
 */
@InterceptorBinding
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Guarded {}
