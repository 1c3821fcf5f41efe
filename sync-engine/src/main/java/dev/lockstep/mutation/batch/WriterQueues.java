package dev.lockstep.mutation.batch;

import dev.lockstep.api.Refusal;
import dev.lockstep.mutation.QueuedMutation;
import java.util.List;

/** The places of a mutation between the queue and its answer. Belongs to the writer's thread. */
record WriterQueues(InFlightMutations inFlight, BlockedMutations blocked, QuarantineQueue quarantine) {
    WriterQueues() {
        this(new InFlightMutations(), new BlockedMutations(), new QuarantineQueue());
    }

    /** The mutations that already wait for a lock, and that no later mutation may overtake. */
    List<QueuedMutation> waitingForLocks() {
        List<QueuedMutation> waiting = blocked.all();
        waiting.addAll(quarantine.contended());
        return waiting;
    }

    /** Refuses the mutations in flight, except those that are also blocked or quarantined. */
    void refuseInFlight(Refusal refusal) {
        inFlight.refuse(refusal, queued -> blocked.contains(queued) || quarantine.contains(queued));
    }

    /** Refuses the blocked and the quarantined mutations. */
    void refuseWaiting(Refusal refusal) {
        blocked.all().forEach(queued -> queued.refuse(refusal));
        quarantine.drain(queued -> queued.refuse(refusal));
    }
}
