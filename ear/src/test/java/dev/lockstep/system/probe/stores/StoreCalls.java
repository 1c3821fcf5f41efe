package dev.lockstep.system.probe.stores;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The calls of the hook, in order. */
@ApplicationScoped
public class StoreCalls {
    /** One call, of the store of this name. */
    private record Call(String store, String line) {}

    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

    void add(String store, String line) {
        calls.add(new Call(store, line));
    }

    List<String> of(String store) {
        return calls.stream()
                .filter(call -> call.store().equals(store))
                .map(Call::line)
                .toList();
    }
}
