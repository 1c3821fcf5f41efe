package dev.lockstep.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

class UpgradeOnPostgresqlTest extends UpgradeContract {
    @Override
    DataSource bare(String name) throws SQLException {
        try (Connection connection = TestDatabase.postgresql().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            PGSimpleDataSource postgresql = new PGSimpleDataSource();
            String url = connection.getMetaData().getURL();
            postgresql.setUrl(url.replace("/postgres?", "/" + name + "?"));
            postgresql.setUser("postgres");
            return postgresql;
        }
    }
}
