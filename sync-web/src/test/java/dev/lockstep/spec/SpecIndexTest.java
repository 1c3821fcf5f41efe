package dev.lockstep.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of SPEC.md and the tests of all modules name each other. {@code -Dlockstep.spec.index=write} writes
 * docs/spec-index.md.
 */
class SpecIndexTest {
    private static final boolean WRITE = "write".equals(System.getProperty("lockstep.spec.index"));
    private static final Path ROOT = root();
    private static final Path INDEX = ROOT.resolve("docs/spec-index.md");

    /** Cases from bug reports: clients, deployment, reads, Strata, writes. Their tests describe them. */
    private static final Pattern CASE = Pattern.compile("C[CDRSW]\\d+");

    private final Specification spec = Specification.of(Files.readAllLines(ROOT.resolve("SPEC.md")));
    private final List<NamedTest> tests = NamedTest.below(ROOT);

    SpecIndexTest() throws IOException {}

    /** The folder of SPEC.md. Surefire runs in the module's, IDEs often in another one. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("SPEC.md"))) {
            folder = Optional.ofNullable(folder.getParent()).orElseThrow();
        }
        return folder;
    }

    /** The name of a test file, with its folder where another one has the same name. */
    private String label(Path file) {
        boolean unique = tests.stream()
                .map(NamedTest::file)
                .filter(other -> other.endsWith(file.getFileName()))
                .allMatch(file::equals);
        Path name = unique ? file.getFileName() : file.subpath(file.getNameCount() - 2, file.getNameCount());
        return name.toString().replace('\\', '/').replaceFirst("\\.java$", "");
    }

    private String links(String id) {
        return tests.stream()
                .filter(test -> test.ids().contains(id))
                .map(test -> "[" + label(test.file()) + "]")
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private String index() {
        StringBuilder page = new StringBuilder("""
                # Index of rules and tests
                `SpecIndexTest` writes this page and fails when it is out of date:
                `mvn test -pl sync-web -am -Dtest=SpecIndexTest -Dsurefire.failIfNoSpecifiedTests=false -Dlockstep.spec.index=write`.
                `-Dgroups=LOG4` runs the tests of a rule.
                """);
        for (Specification.Section section : spec.sections()) {
            page.append("\n## ").append(section.heading()).append("\n| rule | tests |\n|---|---|\n");
            section.rules()
                    .forEach((rule, reason) -> page.append("| ")
                            .append(rule)
                            .append(" | ")
                            .append(reason.map(why -> "not tested: " + why).orElseGet(() -> links(rule)))
                            .append(" |\n"));
        }
        page.append("\n## Cases from bug reports\n| case | tests |\n|---|---|\n");
        tests.stream()
                .flatMap(test -> test.ids().stream())
                .filter(id -> CASE.matcher(id).matches())
                .distinct()
                .sorted(Comparator.comparing((String id) -> id.substring(0, 2))
                        .thenComparingInt(String::length)
                        .thenComparing(id -> id))
                .forEach(id -> page.append("| ")
                        .append(id)
                        .append(" | ")
                        .append(links(id))
                        .append(" |\n"));
        page.append('\n');
        tests.stream()
                .map(NamedTest::file)
                .distinct()
                .map(file -> "[" + label(file) + "]: ../" + file.toString().replace('\\', '/') + "\n")
                .sorted()
                .forEach(page::append);
        return page.toString();
    }

    @Test
    @DisplayName("every rule of SPEC.md has a test, or says why it has none")
    void everyRuleHasATest() {
        List<String> untested = spec.sections().stream()
                .flatMap(section -> section.rules().entrySet().stream())
                .filter(rule -> rule.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .filter(rule -> tests.stream().noneMatch(test -> test.ids().contains(rule)))
                .toList();

        assertThat(untested)
                .as("begin the display name of a test with [RULE], or end the rule with (not tested: reason)")
                .isEmpty();
    }

    @Test
    @DisplayName("tests name only rules of SPEC.md and cases from bug reports")
    void everyIdIsKnown() {
        assertThat(tests)
                .isNotEmpty()
                .filteredOn(test -> !test.ids().stream()
                        .allMatch(id -> spec.has(id) || CASE.matcher(id).matches()))
                .isEmpty();
    }

    @Test
    @DisplayName("each id of a display name is also a tag of its test")
    void everyIdIsATag() {
        assertThat(tests)
                .as("add @Tag(\"ID\") for each id")
                .filteredOn(test -> !test.tags().equals(Set.copyOf(test.ids())))
                .isEmpty();
    }

    @Test
    @DisplayName("a missing tag, and one that the display name lacks, are found")
    void tagsAreRead() {
        NamedTest test = NamedTest.inJava(Path.of("ATest.java"), """
                        class ATest {

                            @Test
                            @Tag("LOG1")
                            @Tag("CW1")
                            %s("[LOG1] [LOG2] a sentence")
                            void test() {
                        """.formatted("@DisplayName"))
                .getFirst();

        assertThat(test.ids()).containsExactly("LOG1", "LOG2");
        assertThat(test.tags()).containsExactlyInAnyOrder("LOG1", "CW1");
        assertThat(test).hasToString("ATest.java:6 [LOG1, LOG2]");
    }

    @Test
    @DisplayName("docs/spec-index.md lists the tests of each rule")
    void indexIsCurrent() throws IOException {
        if (WRITE) {
            Files.writeString(INDEX, index());
        }
        assertThat(Files.readString(INDEX))
                .as("run again with -Dlockstep.spec.index=write")
                .isEqualTo(index());
    }
}
