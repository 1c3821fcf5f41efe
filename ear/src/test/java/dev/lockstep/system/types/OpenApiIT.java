package dev.lockstep.system.types;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.system.probe.model.Comment;
import dev.lockstep.system.probe.model.Note;
import dev.lockstep.system.server.Command;
import dev.lockstep.system.types.described.Seat;
import dev.lockstep.system.types.described.Stay;
import dev.lockstep.wire.cfsync.openapi.MergedDocument;
import dev.lockstep.wire.cfsync.openapi.OpenApiDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    @Tag("CFS32")
    @DisplayName(
            "[CFS31][CFS32] the documents of an application, of one with composite ids, and of several are valid OpenAPI 3.1")
    void valid(@TempDir Path folder) throws Exception {
        for (String file : List.of("package.json", "validate.mjs")) {
            Files.copy(TESTS.resolve(file), folder.resolve(file));
        }
        List<CollectionModel> collections = new CollectionRegistry(List.of(Comment.class, Note.class)).of("probe");
        String probe = document(collections, "probe", Optional.of("token"));
        String other = document(collections, "other", Optional.of("token"));
        String withoutCookie = document(collections, "without-cookie", Optional.empty());
        String compositeIds = document(
                new CollectionRegistry(List.of(Seat.class, Stay.class, Stay.Guest.class)).of("described"),
                "described",
                Optional.of("token"));
        Files.writeString(folder.resolve("probe.json"), probe);
        Files.writeString(folder.resolve("described.json"), compositeIds);
        Files.writeString(
                folder.resolve("all.json"),
                MergedDocument.json(Map.of(
                        "probe", probe, "other", other, "without-cookie", withoutCookie, "described", compositeIds)));
        Command command = new Command(folder, Map.of());
        command.runScript(INSTALL_SECONDS_MAX, "npm", "install", "--no-audit", "--no-fund");

        command.run(
                VALIDATE_SECONDS_MAX,
                "node",
                "validate.mjs",
                "probe.json",
                "described.json",
                "all.json"); // fails with the validator's output
    }

    private static String document(List<CollectionModel> collections, String application, Optional<String> cookie) {
        return new OpenApiDocument(application, collections, 100, cookie).json("/" + application + "/api");
    }
}
