package dev.lockstep.persistence;

import org.hibernate.boot.model.TypeContributions;
import org.hibernate.boot.model.TypeContributor;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.jdbc.TimestampUtcAsOffsetDateTimeJdbcType;

/**
 * Storage of {@code ZonedDateTime} as the instant in UTC. With {@link ZoneFreeTimes} Hibernate passes the value to the driver,
 * and PostgreSQL's driver does not accept it. The zone is lost, except its offset with {@code @TimeZoneStorage(COLUMN)}.
 * Hibernate finds the class through {@code META-INF/services}.
 */
public final class ZonedTimes implements TypeContributor {
    @Override
    public void contribute(TypeContributions types, ServiceRegistry services) {
        types.contributeJdbcType(new Utc());
    }

    private static final class Utc extends TimestampUtcAsOffsetDateTimeJdbcType {
        private static final long serialVersionUID = 1;

        @Override
        public int getDefaultSqlTypeCode() {
            return SqlTypes.ZONED_DATE_TIME;
        }

        @Override
        public int getDdlTypeCode() {
            return SqlTypes.TIMESTAMP_WITH_TIMEZONE;
        }
    }
}
