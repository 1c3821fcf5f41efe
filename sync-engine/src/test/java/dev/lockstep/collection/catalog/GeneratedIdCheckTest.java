package dev.lockstep.collection.catalog;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.stored.Numbered.Delivery;
import dev.lockstep.sample.stored.Numbered.Invoice;
import dev.lockstep.sample.stored.Numbered.Offer;
import dev.lockstep.sample.stored.Numbered.Receipt;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sequences of generated ids that fail a deployment. */
@OnEveryDatabase
class GeneratedIdCheckTest {
    private final TestDatabase database;

    GeneratedIdCheckTest(TestDatabase database) {
        this.database = database;
    }

    private void check(Class<?> entity) {
        try (Connection connection = database.dataSource().getConnection()) {
            new GeneratedIdCheck(TestDatabase.collectionsOf(entity)).check(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    @AfterEach
    void drop() {
        database.execute(
                "drop sequence if exists workshop_invoice_numbers", "drop sequence if exists workshopreceipt_seq");
    }

    @Test
    @Tag("ENT7")
    @DisplayName("[ENT7] a missing sequence fails the deployment, with the statement that creates it")
    void missing() {
        assertThatThrownBy(() -> check(Invoice.class))
                .isInstanceOf(Misconfiguration.class)
                .hasMessage(Invoice.class.getName() + " has the field 'id' with values of the sequence"
                        + " 'workshop_invoice_numbers', which does not exist: create it in a migration"
                        + " (db/workshop/V*.sql): create sequence workshop_invoice_numbers increment by 20.");
        database.execute("create sequence workshop_invoice_numbers increment by 20");
        assertThatCode(() -> check(Invoice.class)).doesNotThrowAnyException();
    }

    @Test
    @Tag("ENT7")
    @DisplayName("[ENT7] a sequence without a stated name has that of the entity and the default increment")
    void byDefault() {
        assertThatThrownBy(() -> check(Receipt.class))
                .hasMessageEndingWith("create sequence workshopreceipt_seq increment by 50.");
        database.execute("create sequence workshopreceipt_seq");
        assertThatThrownBy(() -> check(Receipt.class))
                .hasMessageEndingWith(
                        "which grows by 1 and not by the allocationSize 50, so that ids would repeat: change"
                                + " one of them.");
        database.execute("drop sequence workshopreceipt_seq", "create sequence workshopreceipt_seq increment by 50");
        assertThatCode(() -> check(Receipt.class)).doesNotThrowAnyException();
    }

    @Test
    @Tag("ENT7")
    @DisplayName("[ENT7] identity columns and generated UUIDs need no sequence")
    void none() {
        assertThatCode(() -> check(Offer.class)).doesNotThrowAnyException();
        assertThatCode(() -> check(Delivery.class)).doesNotThrowAnyException();
    }
}
