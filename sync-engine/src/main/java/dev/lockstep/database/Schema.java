package dev.lockstep.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Migration of the tables: first Lockstep's own, then those of each application, from {@code db/<application>/V*.sql} in
 * its jar. Each has a history table of its own.
 */
public final class Schema {
    private final DataSource dataSource;
    private final ClassLoader loader;

    /** @param loader the class loader of the applications' jars */
    public Schema(DataSource dataSource, ClassLoader loader) {
        this.dataSource = dataSource;
        this.loader = loader;
    }

    /** @throws org.flywaydb.core.api.FlywayException if a migration fails, or if an applied migration has been changed */
    public void migrate(Iterable<String> applications) throws SQLException {
        Map<String, String> placeholders = placeholders();
        migrate("classpath:dev/lockstep/database/schema", "lockstep_schema", placeholders);
        for (String application : applications) {
            migrate("classpath:db/" + application, "lockstep_schema_" + application.replace('-', '_'), placeholders);
        }
    }

    private void migrate(String location, String historyTable, Map<String, String> placeholders) {
        Flyway.configure(loader)
                .dataSource(dataSource)
                .locations(location)
                .table(historyTable)
                .placeholders(placeholders)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    Map<String, String> placeholders() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean postgresql =
                    connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
            // The head row is updated by every batch: it needs free space on its page, and an early vacuum.
            return postgresql
                    ? Map.of(
                            "text",
                            "text",
                            "bytewise",
                            "collate \"C\"",
                            "head_storage",
                            " with (fillfactor = 10, autovacuum_vacuum_scale_factor = 0,"
                                    + " autovacuum_vacuum_threshold = 1000)")
                    : Map.of("text", "varchar(1048576)", "bytewise", "", "head_storage", "");
        }
    }
}
