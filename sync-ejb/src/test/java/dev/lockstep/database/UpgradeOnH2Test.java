package dev.lockstep.database;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

class UpgradeOnH2Test extends UpgradeContract {
    @Override
    DataSource bare(String name) {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return h2;
    }
}
