package dev.lockstep.wire.strata;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.wire.application.PeriodicTasks;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.http.ResponseExecutor;
import dev.lockstep.wire.strata.request.StrataError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sender of asynchronous responses, on I/O or engine threads, never on the publisher thread. Thread-safe. */
@ApplicationScoped
class ResponseSender {
    /** The type of all answers that are not streams. */
    private static final String JSON = "application/json; charset=utf-8";

    private static final Logger LOG = System.getLogger(ResponseSender.class.getName());

    @Inject
    private EngineExecutor executor;

    @Inject
    private PeriodicTasks tasks;

    /** Sends the response, or the refusal, when the stage completes, and ends the request. */
    void send(CompletionStage<StrataResponse> pending, AsyncContext async, HttpServletResponse response) {
        async.setTimeout(0); // ThrottledStreamWriter ends responses to slow clients
        var unused = pending.whenCompleteAsync(
                (answer, failure) -> {
                    try {
                        if (failure == null) {
                            send(answer, async, response);
                        } else {
                            refuse(response, failure);
                            async.complete();
                        }
                    } catch (IOException | IllegalStateException disconnected) {
                        LOG.log(Level.DEBUG, "The client disconnected before its response started", disconnected);
                        end(answer, async);
                    } catch (RuntimeException | Error e) { // no other code ends the request
                        LOG.log(Level.ERROR, "Response could not be started", e);
                        if (!response.isCommitted()) {
                            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                        }
                        end(answer, async);
                    }
                },
                ResponseExecutor.of(async, executor));
    }

    private static void end(@Nullable StrataResponse answer, AsyncContext async) {
        if (answer != null) {
            answer.close();
        }
        async.complete();
    }

    private void send(StrataResponse answer, AsyncContext async, HttpServletResponse response) throws IOException {
        switch (answer) {
            case StrataResponse.Whole whole -> send(whole.json().getBytes(StandardCharsets.UTF_8), async, response);
            case StrataResponse.Page page -> send(page.page(), async, response);
            case StrataResponse.Lines lines -> send(lines.stream(), async, response);
        }
    }

    /** Sends JSON. A text that fits the response's buffer is sent when the request ends. */
    private void send(byte[] json, AsyncContext async, HttpServletResponse response) throws IOException {
        response.setContentType(JSON);
        if (json.length < response.getBufferSize()) {
            response.getOutputStream().write(json);
            async.complete();
        } else {
            response.setContentLength(json.length);
            ByteArrayInputStream bytes = new ByteArrayInputStream(json);
            send(ThrottledStreamWriter.begin(bytes, false, response.getOutputStream(), async::complete), response);
        }
    }

    private void send(DeltaPage page, AsyncContext async, HttpServletResponse response) throws IOException {
        response.setContentType(JSON);
        if (page.size() < response.getBufferSize()) {
            page.writeTo(response.getOutputStream());
            async.complete();
        } else {
            response.setContentLength(page.size());
            send(
                    ThrottledStreamWriter.begin(page.read(), false, response.getOutputStream(), async::complete),
                    response);
        }
    }

    private void send(SpooledStream read, AsyncContext async, HttpServletResponse response) throws IOException {
        ThrottledStreamWriter sending;
        try {
            sending = ThrottledStreamWriter.begin(read, response.getOutputStream(), async::complete);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Spooled rows cannot be read", e);
            refuse(
                    response,
                    new SyncException(
                            ErrorCode.UNAVAILABLE, "The server could not read the rows; send the request again", e));
            async.complete();
            return;
        }
        response.setContentType("application/x-ndjson");
        response.setHeader("Cache-Control", "no-cache");
        response.addHeader("Vary", "Accept-Encoding");
        if (read.isCompressed()) {
            // With its length: otherwise a client would accept a truncated stream as complete.
            response.setHeader("Content-Encoding", "gzip");
            response.setContentLengthLong(read.size());
        }
        send(sending, response);
    }

    private void send(ThrottledStreamWriter sending, HttpServletResponse response) throws IOException {
        sending.watch(tasks);
        response.getOutputStream().setWriteListener(sending);
    }

    /** Sends a refusal. It fits the response's buffer. */
    void refuse(HttpServletResponse response, Throwable failure) throws IOException {
        StrataError refused = StrataError.of(failure);
        if (refused.mayPass()) {
            response.setHeader("Retry-After", String.valueOf(FailureMapper.RETRY_AFTER.toSeconds()));
        }
        response.setStatus(refused.status());
        response.setContentType(JSON);
        response.getOutputStream().write(refused.json().getBytes(StandardCharsets.UTF_8));
    }
}
