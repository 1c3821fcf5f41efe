package dev.lockstep.database;

class RoundTripOnPostgresqlTest extends RoundTripContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }

    @Override
    int messages(int statements) {
        return 1;
    }
}
