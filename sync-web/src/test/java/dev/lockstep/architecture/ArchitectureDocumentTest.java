package dev.lockstep.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The table of packages in ARCHITECTURE.md, compared with the allow-lists. */
class ArchitectureDocumentTest {
    private static final Path DOCUMENT = Path.of("../ARCHITECTURE.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    @DisplayName("ARCHITECTURE.md lists each package with the packages that it may use")
    void sameTable() throws IOException {
        assertThat(listed()).isEqualTo(Rules.ownPackages());
    }

    private static Map<String, Set<String>> listed() throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.equals("## Packages"))
                .dropWhile(line -> !line.startsWith("|---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        Map<String, Set<String>> listed = new TreeMap<>();
        for (String row : rows) {
            List<String> cells = List.of(row.split("\\|"));
            Set<String> used = new TreeSet<>(List.of(cells.get(3).strip().split(", ")));
            used.remove("");
            Matcher names = CODE.matcher(cells.get(1));
            while (names.find()) {
                listed.put(names.group(1), used);
            }
        }
        return listed;
    }
}
