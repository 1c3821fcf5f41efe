package dev.lockstep.system.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of OPERATIONS.md. */
final class OperationsPage {
    private static final Pattern NAME = Pattern.compile("^\\| `(lockstep_\\w+)");

    private OperationsPage() {}

    /** The names in its first column. */
    static List<String> metrics() throws IOException {
        Path page = Path.of(System.getProperty("lockstep.root")).resolve("OPERATIONS.md");
        return Files.readAllLines(page).stream()
                .map(NAME::matcher)
                .filter(Matcher::find)
                .map(row -> row.group(1))
                .toList();
    }
}
