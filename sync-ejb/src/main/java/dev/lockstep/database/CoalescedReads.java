package dev.lockstep.database;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One turn for all who ask for the same before it has begun: a new version of an application sends many for
 * everything at once. Who asks later has another turn, so that nobody is told what was before he asked. Thread-safe.
 *
 * @param <K> what is asked for; equal for the same
 * @param <T> what is read
 */
public final class CoalescedReads<K, T> {
    /** Most who share a turn. One more asks for another. */
    static final int ASKERS_MAX = 250;

    private final ReadBulkhead turns;
    private final BiFunction<T, Integer, List<T>> share;
    private final Runnable onShared;
    private final Map<K, List<CompletableFuture<T>>> waiting = new HashMap<>();

    /**
     * Turns that are shared.
     *
     * @param share makes as many of one as there are askers
     * @param onShared hears of each asker who shares another's turn; must not block
     */
    public CoalescedReads(ReadBulkhead turns, BiFunction<T, Integer, List<T>> share, Runnable onShared) {
        this.turns = turns;
        this.share = share;
        this.onShared = onShared;
    }

    /** Reads something when its turn has come. Fails as {@link ReadBulkhead#submit}. */
    public CompletionStage<T> submit(K wanted, Supplier<T> reader) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        List<CompletableFuture<T>> askers = new ArrayList<>(List.of(mine));
        synchronized (waiting) {
            List<CompletableFuture<T>> others = waiting.get(wanted);
            if (others != null && others.size() < ASKERS_MAX) {
                others.add(mine);
                onShared.run();
                return mine;
            }
            waiting.put(wanted, askers);
        }
        var unused = turns.submit(() -> {
                    begin(wanted, askers);
                    return share.apply(reader.get(), askers.size());
                })
                .whenComplete((read, failure) -> {
                    begin(wanted, askers); // a turn that was refused never began
                    complete(askers, read, failure);
                });
        return mine;
    }

    /** From here on nobody joins. */
    private void begin(K wanted, List<CompletableFuture<T>> askers) {
        synchronized (waiting) {
            waiting.remove(wanted, askers);
        }
    }

    private void complete(List<CompletableFuture<T>> askers, @Nullable List<T> read, @Nullable Throwable failure) {
        for (int i = 0; i < askers.size(); i++) {
            if (read != null) {
                askers.get(i).complete(read.get(i));
            } else {
                askers.get(i).completeExceptionally(failure);
            }
        }
    }
}
