package dev.lockstep.access;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Around the methods of the class stands the access chain. Each takes one {@link dev.lockstep.api.Access} and returns a
 * {@code CompletionStage}, which fails with a {@code SyncException} if access is refused.
 */
@InterceptorBinding
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@interface Guarded {}
