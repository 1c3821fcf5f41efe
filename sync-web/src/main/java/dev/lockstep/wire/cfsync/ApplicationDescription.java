package dev.lockstep.wire.cfsync;

import dev.lockstep.collection.registry.ApplicationDocuments;
import dev.lockstep.wire.application.ApplicationStarted;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.cfsync.openapi.MergedDocument;
import dev.lockstep.wire.cfsync.openapi.OpenApiDocument;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** The OpenAPI document of the served application, and the one of all applications of the deployment. Thread-safe. */
@ApplicationScoped
class ApplicationDescription {
    /** The context attribute with the path of the REST application, such as {@code /todo-app/api}. */
    static final String PATH = "dev.lockstep.cfsync.path";

    @Inject
    private ServedApplication application;

    @Inject
    private CfSyncSettings settings;

    @Inject
    private ApplicationDocuments documents;

    /** Publishes the application's document, if the setting allows it. */
    void start(@Observes ApplicationStarted started) {
        if (settings.openApi()) {
            application
                    .attribute(PATH)
                    .ifPresent(path -> documents.publish(started.application(), ofApplication((String) path)));
        }
    }

    /** @param path of the REST application */
    String ofApplication(String path) {
        return new OpenApiDocument(
                        application.name(), application.collections(), settings.bulkRowsMax(), settings.tokenCookie())
                .json(path);
    }

    String ofAll() {
        return MergedDocument.json(documents.all());
    }
}
