package dev.lockstep.log;

class FrameNumbersInMemoryTest extends FrameNumbersContract {
    @Override
    Logbook emptied() {
        return new InMemoryLog();
    }
}
