package dev.lockstep.wire.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A socket whose writes the test controls. */
final class ScriptedWriter implements SocketWriter {
    private final List<String> sent = new ArrayList<>();
    private final Queue<Consumer<Boolean>> open = new ArrayDeque<>();
    private final List<String> closed = new ArrayList<>();
    private final AtomicInteger onTheirWay = new AtomicInteger();
    private final Executor answering;
    private boolean answersByItself;
    private int urgent;

    private ScriptedWriter(Executor answering, boolean answersByItself) {
        this.answering = answering;
        this.answersByItself = answersByItself;
    }

    /** A socket that takes each frame before the call returns. */
    static ScriptedWriter atOnce() {
        return new ScriptedWriter(Runnable::run, true);
    }

    /** A socket that takes each frame on a thread of its own. */
    static ScriptedWriter on(Executor answering) {
        return new ScriptedWriter(answering, true);
    }

    /** A socket that takes a frame when the test releases it. */
    static ScriptedWriter whenTold() {
        return new ScriptedWriter(Runnable::run, false);
    }

    @Override
    public void write(Runnable turn) {
        turn.run();
    }

    @Override
    public void flushNow() {
        urgent++;
    }

    /** Number of urgent writes. */
    int urgent() {
        return urgent;
    }

    @Override
    public void send(List<Frame> frames, Consumer<Boolean> done) {
        write(frames.stream().map(Frame::text).toList(), done);
    }

    @Override
    public void ping(Consumer<Boolean> done) {
        write(List.of("ping"), done);
    }

    private void write(List<String> texts, Consumer<Boolean> done) {
        if (onTheirWay.incrementAndGet() > 1) {
            throw new AssertionError("two writes on their way");
        }
        synchronized (sent) {
            sent.addAll(texts);
        }
        if (answersByItself) {
            answering.execute(() -> finish(done, true));
        } else {
            open.add(done);
        }
    }

    private void finish(Consumer<Boolean> done, boolean ok) {
        onTheirWay.decrementAndGet();
        done.accept(ok);
    }

    @Override
    public void close(int code, String reason) {
        closed.add(code + " " + reason);
    }

    /** The write in progress succeeds or fails. */
    void finish(boolean ok) {
        finish(open.remove(), ok);
    }

    /** From now on it takes each frame at once, first the one in progress. */
    void recover() {
        answersByItself = true;
        finish(true);
    }

    List<String> sent() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }

    List<String> closed() {
        return closed;
    }
}
