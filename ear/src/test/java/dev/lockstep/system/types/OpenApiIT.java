package dev.lockstep.system.types;

import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.examples.todo.Note;
import dev.lockstep.examples.todo.Todo;
import dev.lockstep.system.server.Command;
import dev.lockstep.wire.cfsync.openapi.OpenApiDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAPI documents of an application, checked by a published validator. */
class OpenApiIT {
    private static final Path TESTS =
            Path.of(System.getProperty("lockstep.root")).resolve("ear/src/test/openapi");
    private static final int INSTALL_SECONDS_MAX = 300;
    private static final int VALIDATE_SECONDS_MAX = 60;

    @Test
    @Tag("CFS31")
    @DisplayName("[CFS31] the document of an example is valid OpenAPI 3.1")
    void valid(@TempDir Path folder) throws Exception {
        for (String file : List.of("package.json", "validate.mjs")) {
            Files.copy(TESTS.resolve(file), folder.resolve(file));
        }
        CollectionRegistry collections = new CollectionRegistry(List.of(Note.class, Todo.class));
        Files.writeString(
                folder.resolve("todo-app.json"),
                new OpenApiDocument("todo-app", collections.of("todo-app"), 100).json("/todo-app/api"));
        Command command = new Command(folder, Map.of());
        command.runScript(INSTALL_SECONDS_MAX, "npm", "install", "--no-audit", "--no-fund");

        command.run(VALIDATE_SECONDS_MAX, "node", "validate.mjs", "todo-app.json"); // fails with the validator's output
    }
}
