package dev.lockstep.system.inside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncRepository;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.database.ContainerResources;
import dev.lockstep.snapshot.Snapshot;
import dev.lockstep.snapshot.Snapshots;
import dev.lockstep.system.probe.model.Note;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Snapshots over the server's own connections; runs in the probe's WAR. */
@ExtendWith(ArquillianExtension.class)
class SnapshotIT {
    private static final String BOARD = "board-" + UUID.randomUUID();

    @Inject
    private Snapshots snapshots;

    @Inject
    private CollectionRegistry registry;

    @Inject
    private SyncRepository repository;

    @Inject
    private ContainerResources resources;

    @Inject
    private UserTransaction transaction;

    @Deployment
    static EnterpriseArchive ear() {
        return ProbeEar.withTestsIn(SnapshotIT.class);
    }

    private Snapshot snapshot() {
        CollectionModel notes =
                registry.find("probe", new CollectionName("notes")).orElseThrow();
        return snapshots.list(notes, new RoomId("probe", BOARD), ListQuery.ALL, Optional.empty(), "\n");
    }

    private static String text(Snapshot snapshot) throws IOException {
        try (InputStream rows = snapshot.rows().read()) {
            return new String(rows.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @Tag("SNAP1")
    @DisplayName("[SNAP1] a snapshot has the rows and the position that belongs to them")
    void rowsAndPosition() throws Exception {
        Seq before = snapshot().position();
        transaction.begin();
        repository.insert(BOARD, Note.titled("seen"));
        transaction.commit();

        Snapshot after = snapshot();

        assertThat(after.position()).isEqualTo(before.plus(1));
        assertThat(text(after)).contains("\"seen\"");
    }

    @Test
    @Tag("SNAP1")
    @DisplayName("[SNAP1] connections return from snapshots in their original state")
    void connectionsAsTheyWere() throws Exception {
        for (int i = 0; i < 10; i++) {
            snapshot().close();
        }

        for (int i = 0; i < 10; i++) {
            try (Connection connection = resources.dataSource().getConnection()) {
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            }
        }
    }
}
