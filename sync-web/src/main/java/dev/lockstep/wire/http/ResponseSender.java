package dev.lockstep.wire.http;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.wire.application.PeriodicTasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sends responses that come later: on I/O threads or the engine's own, never on the publisher thread, and without a thread
 * that waits for a slow client. Thread-safe.
 */
@ApplicationScoped
public class ResponseSender {
    /** The type of most responses. */
    public static final String JSON = "application/json; charset=utf-8";

    private static final Logger LOG = System.getLogger(ResponseSender.class.getName());

    @Inject
    private EngineExecutor executor;

    @Inject
    private PeriodicTasks tasks;

    /** Sends a body once it is there, or the error, and ends the request. */
    public void send(
            CompletionStage<ResponseBody> body, AsyncContext async, HttpServletResponse response, ErrorFormat errors) {
        async.setTimeout(0); // ThrottledStreamWriter cuts off slow clients
        Executor sender = ResponseExecutor.of(async, executor);
        var unused = body.whenCompleteAsync(
                (answer, failure) -> {
                    try {
                        if (failure == null) {
                            send(answer, async, response, errors, sender);
                        } else {
                            refuse(response, failure, errors);
                            async.complete();
                        }
                    } catch (IOException | IllegalStateException gone) {
                        LOG.log(Level.DEBUG, "A client disconnected before its response began", gone);
                        end(answer, async);
                    } catch (RuntimeException | Error e) { // otherwise the request would never end
                        LOG.log(Level.ERROR, "A response could not be sent", e);
                        if (!response.isCommitted()) {
                            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                        }
                        end(answer, async);
                    }
                },
                sender);
    }

    private static void end(@Nullable ResponseBody answer, AsyncContext async) {
        if (answer != null) {
            answer.close();
        }
        async.complete();
    }

    private void send(
            ResponseBody answer, AsyncContext async, HttpServletResponse response, ErrorFormat errors, Executor sender)
            throws IOException {
        switch (answer) {
            case ResponseBody.Json whole -> send(whole.json().getBytes(StandardCharsets.UTF_8), async, response);
            case ResponseBody.Shared page -> send(page.page(), async, response);
            case ResponseBody.Lines lines -> send(lines.stream(), async, response, errors);
            case ResponseBody.Parts each -> send(each.parts(), async, response, sender);
        }
    }

    /** A body that fits the response's buffer leaves when the request ends. */
    private void send(byte[] json, AsyncContext async, HttpServletResponse response) throws IOException {
        response.setContentType(JSON);
        if (json.length < response.getBufferSize()) {
            response.getOutputStream().write(json);
            async.complete();
        } else {
            response.setContentLength(json.length);
            ByteArrayInputStream bytes = new ByteArrayInputStream(json);
            send(
                    ThrottledStreamWriter.begin(bytes, Optional.empty(), response.getOutputStream(), async::complete),
                    response);
        }
    }

    private void send(SharedBytes page, AsyncContext async, HttpServletResponse response) throws IOException {
        response.setContentType(JSON);
        if (page.size() < response.getBufferSize()) {
            page.writeTo(response.getOutputStream());
            async.complete();
        } else {
            response.setContentLength(page.size());
            send(
                    ThrottledStreamWriter.begin(
                            page.read(), Optional.empty(), response.getOutputStream(), async::complete),
                    response);
        }
    }

    private void send(ResponseParts parts, AsyncContext async, HttpServletResponse response, Executor sender)
            throws IOException {
        response.setContentType(parts.type());
        PartsWriter writer = new PartsWriter(parts, response.getOutputStream(), sender, async::complete);
        writer.watch(tasks);
        response.getOutputStream().setWriteListener(writer);
    }

    private void send(SpooledStream read, AsyncContext async, HttpServletResponse response, ErrorFormat errors)
            throws IOException {
        ThrottledStreamWriter sending;
        try {
            sending = ThrottledStreamWriter.begin(read, errors, response.getOutputStream(), async::complete);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "A spooled response cannot be read; the client is asked to retry", e);
            refuse(
                    response,
                    new SyncException(
                            ErrorCode.UNAVAILABLE, "The response could not be read; send the request again", e),
                    errors);
            async.complete();
            return;
        }
        response.setContentType("application/x-ndjson");
        response.setHeader("Cache-Control", "no-cache");
        response.addHeader("Vary", "Accept-Encoding");
        if (read.isCompressed()) {
            // With its length: otherwise a client takes a cut response for a whole one.
            response.setHeader("Content-Encoding", "gzip");
            response.setContentLengthLong(read.size());
        }
        send(sending, response);
    }

    private void send(ThrottledStreamWriter sending, HttpServletResponse response) throws IOException {
        sending.watch(tasks);
        response.getOutputStream().setWriteListener(sending);
    }

    /** Sends the error of a failed request. It fits the buffer of the response. */
    public void refuse(HttpServletResponse response, Throwable failure, ErrorFormat errors) throws IOException {
        ErrorFormat.ErrorResponse error = errors.of(failure);
        if (error.isRetryable()) {
            response.setHeader("Retry-After", String.valueOf(FailureMapper.RETRY_AFTER.toSeconds()));
        }
        response.setStatus(error.status());
        response.setContentType(JSON);
        response.getOutputStream().write(error.json().getBytes(StandardCharsets.UTF_8));
    }
}
