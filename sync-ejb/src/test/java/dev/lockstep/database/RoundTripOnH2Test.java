package dev.lockstep.database;

class RoundTripOnH2Test extends RoundTripContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }

    @Override
    int messages(int statements) {
        return statements;
    }
}
