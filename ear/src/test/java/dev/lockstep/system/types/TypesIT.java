package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The types of todo-app, and what the TypeScript compiler checks with them: the front end in {@code src/test/types} and
 * the example's page.
 */
class TypesIT {
    private static final Path ROOT = Path.of(System.getProperty("lockstep.root"));
    private static final Path EXAMPLE = ROOT.resolve("examples/todo-app");
    private static final Path ENTITIES = EXAMPLE.resolve("model/src/main/java");
    private static final String GENERATOR = "dev.lockstep.typescript.TypeScriptTypes";
    private static final String TSC =
            ROOT.resolve("client/node_modules/.bin/tsc").toString();
    private static final int SECONDS_MAX = 120;

    private record Ended(int status, String output) {}

    private static Ended run(Path where, List<String> command) throws IOException, InterruptedException {
        Path output = where.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end within " + SECONDS_MAX + " s");
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }

    /** Compiles the example's entities, with this text of the todo, and writes their types. */
    private static String types(Path folder, String todo) throws IOException, InterruptedException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(ENTITIES)) {
            for (Path file :
                    all.filter(each -> each.toString().endsWith(".java")).toList()) {
                Path copy = sources.resolve(String.valueOf(file.getFileName()));
                Files.writeString(copy, file.endsWith("Todo.java") ? todo : Files.readString(file));
                files.add(copy.toString());
            }
        }
        String classPath = classPath();
        List<String> arguments =
                new ArrayList<>(List.of("-proc:none", "-nowarn", "-cp", classPath, "-d", classes.toString()));
        arguments.addAll(files);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        Ended generated = run(
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes + File.pathSeparator + classPath,
                        GENERATOR,
                        "lockstep.d.ts",
                        "todo-app"));
        assertThat(generated.status()).as(generated.output()).isZero();
        return Files.readString(folder.resolve("lockstep.d.ts"));
    }

    /** The class path without the classes of these tests, among which are entities that no server accepts. */
    private static String classPath() {
        String tests = TypesIT.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(element -> !element.isEmpty() && !(element + "/").equals(tests) && !element.equals(tests))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Checks the example's page, as its build does, with the types in the folder. */
    private static Ended checkedPage(Path folder) throws IOException, InterruptedException {
        Path web = Files.createDirectories(folder.resolve("web"));
        Path page = Files.createDirectories(web.resolve("src/main/webapp"));
        try (Stream<Path> scripts = Files.list(EXAMPLE.resolve("web/src/main/webapp"))) {
            for (Path script :
                    scripts.filter(each -> each.toString().endsWith(".js")).toList()) {
                Files.copy(script, page.resolve(script.getFileName()));
            }
        }
        Path types = Files.createDirectories(web.resolve("src/main/types"));
        Files.copy(folder.resolve("lockstep.d.ts"), types.resolve("lockstep.d.ts"));
        Files.writeString(web.resolve("tsconfig.json"), """
                { "extends": "%s/examples/tsconfig.json" }
                """.formatted(ROOT));
        return run(web, List.of(TSC, "-p", "."));
    }

    /** Compiles the front end with the types in the folder. */
    private static Ended compiled(Path folder) throws IOException, InterruptedException {
        Path client = ROOT.resolve("client");
        for (String file : List.of("main.ts", "package.json")) {
            Files.copy(ROOT.resolve("ear/src/test/types").resolve(file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("tsconfig.json"), """
                {
                  "extends": "%s/tsconfig.base.json",
                  "compilerOptions": {
                    "noEmit": true,
                    "paths": { "@lockstep/client": ["%s/packages/client/src/index.ts"] }
                  },
                  "files": ["main.ts"]
                }
                """.formatted(client, client));
        return run(folder, List.of(TSC, "-p", "."));
    }

    private static String todo() throws IOException {
        try (Stream<Path> files = Files.walk(ENTITIES)) {
            return Files.readString(
                    files.filter(file -> file.endsWith("Todo.java")).findFirst().orElseThrow());
        }
    }

    @Test
    @Tag("CFS30")
    @DisplayName(
            "[CFS30] the types of the example are those of its entities, and its front end and page compile with them")
    void upToDate(@TempDir Path folder) throws Exception {
        assertThat(types(folder, todo()))
                .isEqualTo(Files.readString(EXAMPLE.resolve("web/src/main/types/lockstep.d.ts")));
        Ended compiled = compiled(folder);
        assertThat(compiled.status()).as(compiled.output()).isZero();
        Ended checked = checkedPage(folder);
        assertThat(checked.status()).as(checked.output()).isZero();
    }

    @Test
    @Tag("CFS30")
    @DisplayName("[CFS30] a renamed field breaks the compilation of front end and page where it is read and written")
    void renamed(@TempDir Path folder) throws Exception {
        types(folder, todo().replace("String title;", "String heading;"));
        Ended compiled = compiled(folder);

        assertThat(compiled.status()).isNotZero();
        assertThat(compiled.output())
                .contains("Property 'title' does not exist on type 'Todo'")
                .contains("'title' does not exist in type 'TodoInsert'");
        Ended checked = checkedPage(folder);
        assertThat(checked.status()).isNotZero();
        assertThat(checked.output())
                .contains("Property 'title' is missing in type 'Todo'")
                .contains("'title' does not exist in type 'TodoInsert'");
    }
}
