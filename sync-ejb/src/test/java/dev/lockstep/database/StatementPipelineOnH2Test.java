package dev.lockstep.database;

class StatementPipelineOnH2Test extends StatementPipelineContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }

    @Override
    int messages(int statements) {
        return statements;
    }
}
