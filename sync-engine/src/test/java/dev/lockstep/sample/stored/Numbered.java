package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collections whose ids the database or the JPA provider makes. */
public final class Numbered {
    private Numbered() {}

    @Entity(name = "WorkshopInvoice")
    @Table(name = "workshop_invoices")
    @SyncCollection("invoices")
    public static class Invoice {
        @Id
        @GeneratedValue(generator = "invoices")
        @SequenceGenerator(name = "invoices", sequenceName = "workshop_invoice_numbers", allocationSize = 20)
        @Nullable
        Long id;
    }

    @Entity(name = "WorkshopReceipt")
    @Table(name = "workshop_receipts")
    @SyncCollection("receipts")
    public static class Receipt {
        @Id
        @GeneratedValue
        int id;
    }

    @Entity(name = "WorkshopOffer")
    @Table(name = "workshop_offers")
    @SyncCollection("offers")
    public static class Offer {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        long id;
    }

    @Entity(name = "WorkshopDelivery")
    @Table(name = "workshop_deliveries")
    @SyncCollection("deliveries")
    public static class Delivery {
        @Id
        @GeneratedValue
        @Nullable
        UUID id;
    }
}
