package dev.lockstep.access.chain;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the steps that interceptors report, in order. */
@ApplicationScoped
public class StepRecorder {
    private final List<String> told = new CopyOnWriteArrayList<>();

    public void record(String step) {
        told.add(step);
    }

    public List<String> steps() {
        return List.copyOf(told);
    }
}
