package dev.lockstep.spec;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A test whose name begins with ids in brackets, as its source says it. */
record NamedTest(Path file, int line, List<String> ids, Set<String> tags) {
    private static final Set<String> SKIPPED_FOLDERS = Set.of("target", "node_modules", ".git");
    private static final String IDS = "((?:\\[[A-Z]+\\d+] ?)+)";
    private static final Pattern IN_JAVA = Pattern.compile("@(?:DisplayName|Label)\\(\\s*\"" + IDS);
    private static final Pattern IN_JAVASCRIPT = Pattern.compile("(?:test|it)\\(\\s*['\"`]" + IDS);
    private static final Pattern ID = Pattern.compile("\\[([A-Z]+\\d+)]");
    private static final Pattern TAG = Pattern.compile("@(?:net\\.jqwik\\.api\\.)?Tag\\(\"([A-Z]+\\d+)\"\\)");

    /** All of them below a folder. Tests in JavaScript have no tags: their ids count as such. */
    static List<NamedTest> below(Path root) throws IOException {
        List<NamedTest> tests = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return SKIPPED_FOLDERS.contains(String.valueOf(folder.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path path = root.relativize(file);
                String name = path.toString().replace('\\', '/');
                if (name.contains("src/test/java/") && name.endsWith(".java")) {
                    tests.addAll(inJava(path, Files.readString(file)));
                } else if (name.contains("src/test/") && name.endsWith(".mjs")) {
                    tests.addAll(inJavaScript(path, Files.readString(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return tests;
    }

    static List<NamedTest> inJava(Path file, String source) {
        List<NamedTest> tests = new ArrayList<>();
        Matcher name = IN_JAVA.matcher(source);
        while (name.find()) {
            // The annotations of a member stand between a blank line and the brace that opens its body.
            int begin = source.lastIndexOf("\n\n", name.start()) + 1;
            int end = source.indexOf("{\n", name.end());
            Set<String> tags = Set.copyOf(all(TAG, source.substring(begin, end < 0 ? source.length() : end)));
            tests.add(new NamedTest(file, line(source, name.start()), all(ID, name.group(1)), tags));
        }
        return tests;
    }

    private static List<NamedTest> inJavaScript(Path file, String source) {
        return IN_JAVASCRIPT
                .matcher(source)
                .results()
                .map(name -> {
                    List<String> ids = all(ID, name.group(1));
                    return new NamedTest(file, line(source, name.start()), ids, Set.copyOf(ids));
                })
                .toList();
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    private static int line(String source, int at) {
        return 1 + (int) source.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    @Override
    public String toString() {
        return file + ":" + line + " " + ids;
    }
}
