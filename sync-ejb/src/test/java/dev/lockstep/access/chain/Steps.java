package dev.lockstep.access.chain;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the steps of an application have to tell, in order. */
@ApplicationScoped
public class Steps {
    private final List<String> told = new CopyOnWriteArrayList<>();

    public void tell(String step) {
        told.add(step);
    }

    public List<String> told() {
        return List.copyOf(told);
    }
}
