package dev.lockstep.database;

import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.sample.Binder;
import dev.lockstep.sample.Card;
import dev.lockstep.sample.Club;
import dev.lockstep.sample.Errand;
import dev.lockstep.sample.Folder;
import dev.lockstep.sample.Locker;
import dev.lockstep.sample.Parcel;
import dev.lockstep.sample.Remark;
import dev.lockstep.sample.Sheet;
import dev.lockstep.sample.Slot;
import dev.lockstep.sample.Step;
import dev.lockstep.sample.TaskLabel;
import dev.lockstep.sample.Ticket;
import dev.lockstep.sample.Tool;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database with the real schema, and transactions without a server. There is one of each kind for all tests of a JVM;
 * a test begins with {@link #emptied}.
 */
public final class TestDatabase {
    private static final String H2 = "H2";
    private static final String POSTGRESQL = "PostgreSQL";
    private static final int CONNECTIONS_MAX = 40;

    private static final List<Class<?>> ENTITIES = List.of(
            dev.lockstep.sample.Task.class,
            dev.lockstep.office.Task.class,
            Tool.class,
            Slot.class,
            Step.class,
            Locker.class,
            Parcel.class,
            Binder.class,
            Sheet.class,
            Remark.class,
            Folder.class,
            Card.class,
            Club.class,
            Errand.class,
            TaskLabel.class,
            Ticket.class);

    /** Most persistence units of tests that are open at once: PostgreSQL has 300 connections for all of them. */
    private static final int UNITS_MAX = 30;

    private static final Deque<TestDatabase> UNITS = new ArrayDeque<>();

    private static final List<String> EMPTY = List.of(
            "truncate table lockstep_action",
            "truncate table lockstep_room",
            "truncate table lockstep_counter",
            "truncate table lockstep_answer",
            "truncate table lockstep_ticket",
            "truncate table lockstep_revocation",
            "truncate table lockstep_membership",
            "truncate table lockstep_shape",
            "truncate table lockstep_store",
            "truncate table lockstep_event",
            "truncate table lockstep_erased_store",
            "truncate table lockstep_consumer",
            "truncate table lockstep_intent",
            "truncate table lockstep_copied_room",
            "update lockstep_head set seq = 0",
            "update lockstep_epoch set began = 0, restored = false, written_in = null",
            "truncate table workshop_cards",
            "truncate table workshop_clubs",
            "truncate table workshop_errands",
            "truncate table workshop_tasklabel",
            "truncate table workshop_tickets",
            "truncate table workshop_lockers",
            "truncate table workshop_parcels",
            "truncate table workshop_remarks",
            "delete from workshop_sheets",
            "delete from workshop_binders",
            "update workshop_folders set inside = null", // circles are allowed
            "delete from workshop_folders",
            "update workshop_slots set after_id = null",
            "delete from workshop_slots",
            "delete from workshop_steps",
            "delete from workshop_tools",
            "truncate table workshop_tasks",
            "truncate table office_tasks");

    private final String name;
    private final CountedStatements counted = new CountedStatements();
    private final ConnectionPoolDataSource physical;
    private final JdbcConnectionPool pool;
    private final DataSource dataSource;
    private final SessionFactory sessions;

    private TestDatabase(String name, ConnectionPoolDataSource physical, List<Class<?>> entities) {
        this.name = name;
        this.physical = physical;
        pool = pool(physical);
        dataSource = counted.around(pool);
        sessions = sessions(dataSource, entities);
    }

    private static JdbcConnectionPool pool(ConnectionPoolDataSource physical) {
        JdbcConnectionPool pool = JdbcConnectionPool.create(physical);
        pool.setMaxConnections(CONNECTIONS_MAX);
        return pool;
    }

    private static TestDatabase migrated(String name, ConnectionPoolDataSource physical) {
        JdbcConnectionPool pool = pool(physical);
        try {
            new Schema(pool, TestDatabase.class.getClassLoader())
                    .migrate(collections().applications());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            pool.dispose();
        }
        return new TestDatabase(name, physical, ENTITIES);
    }

    /**
     * The same database over its own connections, with a persistence unit of these entities. The test creates their
     * tables. The connections are closed when {@link #UNITS_MAX} further units have been made.
     */
    public TestDatabase with(Class<?>... entities) {
        TestDatabase unit = new TestDatabase(name, physical, List.of(entities));
        synchronized (UNITS) {
            UNITS.addLast(unit);
            if (UNITS.size() > UNITS_MAX) {
                UNITS.removeFirst().close();
            }
        }
        return unit;
    }

    private void close() {
        sessions.close();
        pool.dispose();
    }

    /** Settings as in the persistence unit of the EAR, and those that WildFly adds. */
    private static SessionFactory sessions(DataSource dataSource, List<Class<?>> entities) {
        Configuration unit = new Configuration();
        entities.forEach(unit::addAnnotatedClass);
        unit.getProperties().put(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, dataSource);
        return unit.setProperty("hibernate.query.jpaql_strict_compliance", "true")
                .setProperty(
                        "hibernate.jpa.compliance.query", "true") // the strictest unit that an application may state
                .setProperty("hibernate.jdbc.batch_size", "100")
                .setProperty("hibernate.order_inserts", "true")
                .setProperty("hibernate.order_updates", "true")
                .setProperty("hibernate.timezone.default_storage", "NORMALIZE_UTC")
                .setProperty("hibernate.jdbc.time_zone", "UTC")
                .setProperty("jakarta.persistence.validation.mode", "none")
                .buildSessionFactory();
    }

    /** Creates each database on first use. */
    private static final class OnH2 {
        static final TestDatabase DATABASE = migrated(H2, inMemory());

        private static JdbcDataSource inMemory() {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL("jdbc:h2:mem:lockstep;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=1000");
            return h2;
        }
    }

    private static final class OnPostgresql {
        static final TestDatabase DATABASE = migrated(POSTGRESQL, at(start(EmbeddedPostgres.builder())));

        static final class Durable {
            static final int PORT = start(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on"));
            static final TestDatabase DATABASE = migrated(POSTGRESQL, at(PORT));
        }

        /** Runs until the JVM ends. Its fsync is off: no test of this database cuts the power. */
        private static int start(EmbeddedPostgres.Builder builder) {
            try {
                return builder.start().getPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The URL of OPERATIONS.md without encryption, because a proxy of the tests parses the messages. */
        private static PGConnectionPoolDataSource at(int port) {
            PGConnectionPoolDataSource postgresql = new PGConnectionPoolDataSource();
            postgresql.setUrl("jdbc:postgresql://127.0.0.1:" + port
                    + "/postgres?user=postgres&sslmode=disable&gssEncMode=disable&reWriteBatchedInserts=true");
            return postgresql;
        }
    }

    /** Both databases. Each is created when the stream reaches it. */
    static Stream<TestDatabase> every() {
        return Stream.<Supplier<TestDatabase>>of(TestDatabase::h2, TestDatabase::postgresql)
                .map(Supplier::get);
    }

    public static TestDatabase h2() {
        return OnH2.DATABASE;
    }

    public static TestDatabase postgresql() {
        return OnPostgresql.DATABASE;
    }

    /** A PostgreSQL that keeps commits after a power loss; for benchmarks and crash tests. */
    public static TestDatabase durablePostgresql() {
        return OnPostgresql.Durable.DATABASE;
    }

    /** The port of {@link #durablePostgresql} on 127.0.0.1. */
    public static int durablePostgresqlPort() {
        return OnPostgresql.Durable.PORT;
    }

    /** Another database of this kind, without tables. */
    DataSource bare(String other) {
        if (isH2()) {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL("jdbc:h2:mem:" + other + ";DB_CLOSE_DELAY=-1");
            return h2;
        }
        execute("create database " + other);
        PGSimpleDataSource postgresql = new PGSimpleDataSource();
        postgresql.setUrl(((PGConnectionPoolDataSource) physical).getUrl().replace("/postgres?", "/" + other + "?"));
        postgresql.setUser("postgres");
        return postgresql;
    }

    /** A running PostgreSQL at a port of 127.0.0.1, reached through a proxy. */
    public static TestDatabase postgresqlAt(int port) {
        return migrated(POSTGRESQL, OnPostgresql.at(port));
    }

    public boolean isH2() {
        return name.equals(H2);
    }

    /** The name in test reports. */
    @Override
    public String toString() {
        return name;
    }

    /** This database, without rows and actions. */
    public TestDatabase emptied() {
        execute(EMPTY.toArray(String[]::new));
        return this;
    }

    /** Executes statements, each in a transaction of its own. */
    public void execute(String... statements) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public Transactions transactions() {
        return new PlainTransactions(sessions);
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** The collections of both test applications. */
    public static CollectionRegistry collections() {
        return new CollectionRegistry(ENTITIES);
    }

    /** The collections of these entities. */
    public static CollectionRegistry collectionsOf(Class<?>... entities) {
        return new CollectionRegistry(List.of(entities));
    }

    /** The same; these collections of the application "workshop" have a read filter. */
    public static CollectionRegistry collections(String... filtered) {
        return new CollectionRegistry(ENTITIES, Map.of("workshop", Set.of(filtered)));
    }

    /** The number of statements sent since its creation. */
    public int statementsSent() {
        return counted.sent();
    }
}
