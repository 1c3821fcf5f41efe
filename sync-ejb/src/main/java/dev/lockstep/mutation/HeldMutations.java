package dev.lockstep.mutation;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Mutations whose rows other transactions hold, oldest first. Belongs to the writer's thread. */
final class HeldMutations {
    /** How soon they are tried again. */
    static final Duration RETRY = Duration.ofMillis(50);

    /** Most of them. One more is refused as retryable. */
    static final int WAITING_MAX = 2_000;

    static final Refusal TOO_MANY = new Refusal(
            ErrorCode.UNAVAILABLE, "Too many mutations wait for rows that others hold; send it again later");

    private List<Waiting> waiting = new ArrayList<>();
    private long triedNanos = System.nanoTime();

    void add(Waiting mutation) {
        if (waiting.size() < WAITING_MAX) {
            waiting.add(mutation);
        } else {
            mutation.refuse(TOO_MANY);
        }
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    boolean contains(Waiting mutation) {
        return waiting.stream().anyMatch(one -> one.isSameAs(mutation));
    }

    List<Waiting> all() {
        return new ArrayList<>(waiting);
    }

    /** Takes all of them, if it is time to try them again. */
    List<Waiting> due(long nowNanos) {
        if (nowNanos - triedNanos < RETRY.toNanos()) {
            return new ArrayList<>();
        }
        triedNanos = nowNanos;
        List<Waiting> due = waiting;
        waiting = new ArrayList<>();
        return due;
    }
}
