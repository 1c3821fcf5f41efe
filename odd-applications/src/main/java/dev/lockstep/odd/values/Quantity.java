package dev.lockstep.odd.values;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers of every type, in columns of the same type. */
@Entity(name = "OddQuantity")
@Table(name = "odd_numbers")
@SyncCollection(value = "quantities", clientIds = true, orderBy = "whole")
public class Quantity {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    short tiny;

    @Column(nullable = false)
    int whole;

    @Nullable
    Integer perhaps;

    @Column(nullable = false)
    long big;

    @Column(precision = 12, scale = 2)
    @Nullable
    BigDecimal price;

    @Column(precision = 38)
    @Nullable
    BigInteger huge;

    @Nullable
    Double ratio;

    @Nullable
    Float single;

    boolean flag;

    @Nullable
    Boolean maybe;
}
