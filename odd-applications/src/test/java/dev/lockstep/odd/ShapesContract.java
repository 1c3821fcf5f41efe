package dev.lockstep.odd;

import dev.lockstep.odd.deployed.OddServer;
import dev.lockstep.odd.oracle.ShapeInNative;
import dev.lockstep.odd.oracle.ShapeInStrata;
import dev.lockstep.odd.table.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each shape of {@code shapes.md}, by all kinds of writes and reads, against its columns. */
abstract class ShapesContract {
    private static final String SHAPES = "dev.lockstep.odd.table.ShapeTable#shapes";
    private static final String OBJECTS = "dev.lockstep.odd.table.ShapeTable#objects";
    private static final String IN_STRATA = "dev.lockstep.odd.table.ShapeTable#shapesInStrata";

    private final OddServer server;

    ShapesContract(OddServer server) {
        this.server = server;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(SHAPES)
    @Tag("ENT1")
    @Tag("ENT20")
    @DisplayName(
            "[ENT1][ENT20] an insert, an update of all fields and one of the field: answer, log, list and columns agree")
    void insertAndUpdate(Shape shape) {
        new ShapeInNative(server, shape).insertAndUpdate();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(SHAPES)
    @Tag("ENT1")
    @Tag("ENT20")
    @DisplayName("[ENT1][ENT20] a null is stored, an empty array, or refused by the name of the field")
    void nothing(Shape shape) {
        new ShapeInNative(server, shape).nothing();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(OBJECTS)
    @Tag("ENT21")
    @DisplayName("[ENT21] an update of one member, at any depth, leaves the others as they are")
    void members(Shape shape) {
        new ShapeInNative(server, shape).members();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(SHAPES)
    @Tag("ENT1")
    @DisplayName(
            "[ENT1] two rows in a bulk insert, a bulk update and a bulk delete: answer, log, list and columns agree")
    void bulk(Shape shape) {
        new ShapeInNative(server, shape).bulk();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(SHAPES)
    @Tag("ENT1")
    @DisplayName("[ENT1] a client that comes back by socket or list with its cursor has the rows of the table")
    void deleteAndCatchUp(Shape shape) {
        new ShapeInNative(server, shape).deleteAndCatchUp();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(IN_STRATA)
    @Tag("ENT1")
    @DisplayName("[ENT1] Strata's writes of all kinds: bootstrap, deltas and columns agree")
    void strata(Shape shape) {
        new ShapeInStrata(server, shape).write();
    }
}
