package dev.lockstep.database;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints the display names of a failed test, because the build's own line does not contain the database. */
public final class FailureLine implements TestWatcher {
    @Override
    public void testFailed(ExtensionContext test, Throwable cause) {
        System.out.println("FAILED: " + path(test));
    }

    private static String path(ExtensionContext context) {
        Optional<ExtensionContext> parent =
                context.getParent().filter(outer -> outer.getParent().isPresent());
        return parent.map(outer -> path(outer) + " / ").orElse("") + context.getDisplayName();
    }
}
