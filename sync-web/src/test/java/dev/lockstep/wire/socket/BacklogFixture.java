package dev.lockstep.wire.socket;

import dev.lockstep.api.Seq;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An empty backlog. */
enum BacklogFixture implements Backlog.Source {
    EMPTY;

    @Override
    public CompletionStage<BacklogRead<List<Frame>>> missed(Seq after, Seq upTo, Encoder<List<Frame>> encoder) {
        return CompletableFuture.completedStage(new BacklogRead.Page<>(List.of(), upTo));
    }

    @Override
    public void rejoin() {}
}
