package dev.lockstep.database;

class StatementPipelineOnPostgresqlTest extends StatementPipelineContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }

    @Override
    int messages(int statements) {
        return 1;
    }
}
