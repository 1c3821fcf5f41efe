package dev.lockstep.log;

class FrameNumbersInMemoryTest extends FrameNumbersContract {
    @Override
    ActionLogFixture emptied() {
        return new InMemoryLog();
    }
}
