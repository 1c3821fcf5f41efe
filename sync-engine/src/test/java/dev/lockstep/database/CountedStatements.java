package dev.lockstep.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts the messages to a database: each execution of a statement once, a batch as one. A {@link Fuse} may cut the
 * connection.
 */
final class CountedStatements {
    private final AtomicInteger sent = new AtomicInteger();

    int sent() {
        return sent.get();
    }

    DataSource around(DataSource dataSource) {
        return proxy(DataSource.class, dataSource);
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                CountedStatements.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(target, method, arguments)));
    }

    private @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (target instanceof Statement && method.getName().startsWith("execute")) {
            sent.incrementAndGet();
        }
        Fuse.before(target, method.getName());
        try {
            Object result = method.invoke(target, arguments);
            Fuse.after(target, method.getName(), result);
            return result == null ? null : counted(result);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private Object counted(Object result) {
        return switch (result) {
            case PreparedStatement statement -> proxy(PreparedStatement.class, statement);
            case Statement statement -> proxy(Statement.class, statement);
            case Connection connection -> proxy(Connection.class, connection);
            default -> result;
        };
    }
}
