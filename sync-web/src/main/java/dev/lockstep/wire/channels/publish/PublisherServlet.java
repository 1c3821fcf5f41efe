package dev.lockstep.wire.channels.publish;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Publisher;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.hook.EphemeralChannel;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.channels.EphemeralSubscriptions;
import dev.lockstep.wire.channels.frame.EphemeralFrames;
import dev.lockstep.wire.channels.request.ClientMessage.Action;
import dev.lockstep.wire.channels.request.Limits;
import dev.lockstep.wire.channels.subscription.Channel;
import dev.lockstep.wire.channels.subscription.ChannelNames;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.json.PlainJson;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Servlet of the publisher's endpoints (contract, "HTTP publish"). A stored channel changes in one commit, as by the
 * application itself; an ephemeral one delivers to the subscribers of the moment. The answer is 204 without a body, or a text
 * that says what to do. Without a configured key or address all requests are refused.
 */
public class PublisherServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** The path for one change. */
    static final String ONE = "/broadcast";

    /** The path for a batch. */
    static final String BATCH = "/broadcast-batch";

    private static final Logger LOG = System.getLogger(PublisherServlet.class.getName());

    private final transient PublisherSettings settings = PublisherSettings.of(ConfigProvider.getConfig());

    @Inject
    private transient ServedApplication application;

    @Inject
    private transient ChannelNames channels;

    @Inject
    private transient EphemeralSubscriptions ephemeral;

    @Inject
    private transient Publisher publisher;

    @Inject
    private transient ApplicationExecutor executor;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        try {
            if (!request.getMethod().equals("POST")) {
                throw new SyncException(ErrorCode.NOT_FOUND, "Not found");
            }
            authenticate(request, response);
            boolean isBatch = request.getServletPath().equals(BATCH);
            Map<String, @Nullable Object> body = Publication.object(PlainJson.read(request.getInputStream()));
            Optional<Publication> publication = isBatch ? Publication.batch(body) : Publication.one(body);
            if (publication.isEmpty() || publication.get().changes().isEmpty()) {
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            } else {
                publish(publication.get(), isBatch, request, response);
            }
        } catch (RuntimeException e) {
            refuse(response, e);
        }
    }

    /** @throws SyncException if the sender may not publish */
    private void authenticate(HttpServletRequest request, HttpServletResponse response) {
        if (settings.isKeyIn(request.getHeader("Authorization"))) {
            return;
        }
        // A page in a browser of this machine has the machine's address, and sends its origin; a publisher sends none.
        boolean isOfPage = request.getHeader("Origin") != null || request.getHeader("Sec-Fetch-Site") != null;
        if (isOfPage || !settings.isAllowed(request.getRemoteAddr())) {
            response.setHeader("WWW-Authenticate", "Bearer");
            throw new SyncException(
                    ErrorCode.UNAUTHENTICATED,
                    settings.isAnyAllowed()
                            ? "Unauthorized: send a publisher's key as bearer token"
                            : "Unauthorized: this server has no publishers; its operator sets "
                                    + PublisherSettings.KEYS);
        }
    }

    private void publish(
            Publication publication, boolean isBatch, HttpServletRequest request, HttpServletResponse response) {
        String name = publication.channel();
        Optional<Channel> stored = channels.find(Caller.anonymous(application.name()), name);
        if (stored.isPresent()) {
            store(stored.get(), publication, request, response);
            return;
        }
        EphemeralChannel unstored = ephemeral
                .find(name)
                .orElseThrow(() -> new SyncException(
                        ErrorCode.UNKNOWN_COLLECTION, "No channel has the name of this publication; check it"));
        ephemeral.deliver(unstored, name, messages(publication), isBatch);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private List<EphemeralFrames.Change> messages(Publication publication) {
        return publication.changes().stream()
                .map(row -> {
                    String json = PlainJson.write(row.data());
                    if (json.getBytes(StandardCharsets.UTF_8).length > Limits.FRAME_BYTES_MAX * 3 / 4) {
                        throw new SyncException(
                                ErrorCode.TOO_LARGE,
                                "The data of '" + row.key() + "' is larger than clients receive; send less");
                    }
                    return new EphemeralFrames.Change(
                            row.action().name().toLowerCase(Locale.ROOT),
                            new EphemeralChannel.Message(
                                    publication.channel(), row.key(), row.action() == Action.DELETE, row.data()),
                            ephemeral.position());
                })
                .toList();
    }

    /** The transaction waits for row locks and for the disk: on another thread than the server's. */
    private void store(
            Channel channel, Publication publication, HttpServletRequest request, HttpServletResponse response) {
        List<Change> changes =
                publication.changes().stream().map(row -> change(channel, row)).toList();
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0); // the waits of the transaction are bounded
        try {
            executor.of(channel.room()).execute(() -> {
                try {
                    publisher.publish(channel.room(), changes);
                    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                } catch (RuntimeException | Error e) {
                    refuseLater(response, e);
                } finally {
                    async.complete();
                }
            });
        } catch (RejectedExecutionException stopping) {
            refuseLater(response, stopping);
            async.complete();
        }
    }

    private static Change change(Channel channel, Publication.Row row) {
        EntityId id = new EntityId(row.key());
        return switch (row.action()) {
            case CREATE -> new Change.Insert(channel.model().name(), id, row.data());
            case UPDATE -> new Change.Update(channel.model().name(), id, row.data());
            case DELETE -> new Change.Delete(channel.model().name(), id);
        };
    }

    private static void refuseLater(HttpServletResponse response, Throwable failure) {
        try {
            refuse(response, failure);
        } catch (IOException | IllegalStateException gone) {
            LOG.log(Level.DEBUG, "A publisher disconnected before its answer", gone);
        }
    }

    private static void refuse(HttpServletResponse response, Throwable failure) throws IOException {
        Refusal refusal = FailureMapper.refusal("A publication failed", failure);
        if (refusal.code().retryable()) {
            response.setHeader("Retry-After", String.valueOf(FailureMapper.RETRY_AFTER.toSeconds()));
        }
        response.setStatus(refusal.code().status());
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write(refusal.message().getBytes(StandardCharsets.UTF_8));
    }
}
