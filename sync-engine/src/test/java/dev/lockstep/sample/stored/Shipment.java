package dev.lockstep.sample.stored;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Values with parts: embeddables, arrays and JSON columns. */
@Entity(name = "WorkshopShipment")
@Table(name = "workshop_shipments")
@SyncCollection(value = "shipments", clientIds = true)
public class Shipment {
    /** With the type of JSON, and the columns of arrays. */
    public static final String TABLE =
            "create table workshop_shipments (id varchar(255) primary key, version integer not"
                    + " null, street varchar(20), town varchar(20), latitude double precision, longitude double precision,"
                    + " due_from date, due_to date, labels %1$s, steps %1$s, features %1$s,"
                    + " extra %1$s, tree %1$s, box %1$s, tags %2$s, sizes %3$s)";

    @Id
    @Nullable
    String id;

    @Version
    int version;

    @Embedded
    @Valid
    @AttributeOverride(name = "city", column = @Column(name = "town"))
    @Nullable
    Address address;

    @Embedded
    @Nullable
    Period due;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    Map<String, List<String>> labels;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    List<Step> steps;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    Set<String> features;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    Map<String, Object> extra;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    JsonNode tree;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    Box box;

    String @Nullable [] tags;

    @Nullable
    List<Integer> sizes;

    /** An embeddable in an embeddable. */
    @Embeddable
    public static class Address {
        @Nullable
        String street;

        @Size(max = 10)
        @Nullable
        String city;

        @Embedded
        @Nullable
        Place place;
    }

    /** A point. */
    @Embeddable
    public static class Place {
        @Nullable
        Double latitude;

        @Nullable
        Double longitude;
    }

    /** A record as an embeddable. */
    @Embeddable
    public record Period(
            @Column(name = "due_from") @Nullable LocalDate start,
            @Column(name = "due_to") @Nullable LocalDate end) {}

    /** A record in a JSON column. */
    public record Step(String name, int minutes) {}

    /** A class in a JSON column. */
    public static class Box {
        private int width;
        private @Nullable String colour;

        public int getWidth() {
            return width;
        }

        public void setWidth(int width) {
            this.width = width;
        }

        public @Nullable String getColour() {
            return colour;
        }

        public void setColour(@Nullable String colour) {
            this.colour = colour;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Box box && box.width == width && Objects.equals(box.colour, colour);
        }

        @Override
        public int hashCode() {
            return Objects.hash(width, colour);
        }
    }
}
