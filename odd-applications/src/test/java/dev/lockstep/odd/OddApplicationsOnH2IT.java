package dev.lockstep.odd;

import dev.lockstep.odd.deployed.OddServer;
import dev.lockstep.odd.random.Catalog;
import dev.lockstep.odd.random.KnownFaults;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class OddApplicationsOnH2IT extends RandomMutationsContract {
    private static final OddServer SERVER = OddServer.onH2(Catalog.deployed(), KnownFaults.leftOut());

    OddApplicationsOnH2IT() {
        super(SERVER);
    }

    @BeforeAll
    static void start() {
        SERVER.start();
        startHeartbeat(SERVER);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }
}
