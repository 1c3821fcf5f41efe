package dev.lockstep.api.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.SyncException;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts the access chain around the methods of a class. Each method takes one {@link Access} and returns a
 * {@code CompletionStage}, which fails with a {@link SyncException} if access is refused.
 *
 * <p>An application's own step is a CDI interceptor with this binding and a {@code @Priority} relative to
 * {@link AccessOrder}. It is called for every application of the EAR. It refuses by a failed stage or by throwing a
 * {@link SyncException}; any other exception is a fault of the server. A request is not executed if the interceptor does
 * not proceed. It proceeds at most once, on the thread that called it.
 *
 * <pre>{@code
 * @Guarded
 * @Interceptor
 * @Priority(AccessOrder.ROOM - 1)
 * public class MaintenanceInterceptor {
 *     @AroundInvoke
 *     Object check(InvocationContext call) throws Exception {
 *         Access access = (Access) call.getParameters()[0];
 *         if (closed.contains(access.room())) {
 *             throw new SyncException(ErrorCode.FORBIDDEN, "The room is under maintenance");
 *         }
 *         return call.proceed();
 *     }
 * }
 * }</pre>
 */
@InterceptorBinding
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Guarded {}
