package dev.lockstep.log;

class CommitsInMemoryTest extends CommitsContract {
    @Override
    ActionLogFixture emptied() {
        return new InMemoryLog();
    }
}
