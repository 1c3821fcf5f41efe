package dev.lockstep.log;

class CommitsInMemoryTest extends CommitsContract {
    @Override
    Logbook emptied() {
        return new InMemoryLog();
    }
}
