package dev.lockstep.odd;

import dev.lockstep.odd.deployed.OddServer;
import dev.lockstep.odd.oracle.Run;
import dev.lockstep.odd.oracle.ShapeInNative;
import dev.lockstep.odd.random.Catalog;
import dev.lockstep.odd.random.KnownFaults;
import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.odd.random.StepGenerator;
import dev.lockstep.odd.table.ShapeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OddApplicationsOnH2IT extends RandomMutationsContract {
    private static final int SEED = 4;
    private static final int STEPS = 30;

    private static final OddServer SERVER = OddServer.onH2(Catalog.deployed(), KnownFaults.leftOut());

    OddApplicationsOnH2IT() {
        super(SERVER);
    }

    @BeforeAll
    static void start() {
        SERVER.start();
        startHeartbeat(SERVER);
    }

    @Test
    @Tag("ENT1")
    @DisplayName("[ENT1] after a restart of the engine, lists, bootstraps and catch-up show the rows as before")
    void restart() {
        List<Run> runs = new ArrayList<>();
        try {
            for (List<OddCollection> collections : Catalog.applications()) {
                Run run = new Run(SERVER, collections, "restart");
                runs.add(run);
                new StepGenerator(SEED, collections).next(STEPS).forEach(run::perform);
            }
            List<ShapeInNative> shapes = ShapeTable.shapes()
                    .map(shape -> new ShapeInNative(SERVER, shape).filled())
                    .toList();
            stopHeartbeat();
            SERVER.redeploy();
            startHeartbeat(SERVER);
            shapes.forEach(ShapeInNative::stillThere);
            for (Run run : runs) {
                run.comeBackAfterRestart(new Random(SEED));
                run.bootstrap(new Random(SEED));
            }
        } finally {
            runs.forEach(Run::close);
        }
    }

    @Nested
    class Shapes extends ShapesContract {
        Shapes() {
            super(SERVER);
        }
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }
}
