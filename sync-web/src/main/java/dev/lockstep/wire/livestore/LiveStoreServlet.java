package dev.lockstep.wire.livestore;

import dev.lockstep.api.hook.StoreRequest;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.http.CorsPolicy;
import dev.lockstep.wire.http.ResponseSender;
import dev.lockstep.wire.livestore.hook.ForwardedHeaders;
import dev.lockstep.wire.livestore.rpc.StoreAddress;
import dev.lockstep.wire.livestore.rpc.StoreAddress.Transport;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Servlet with the HTTP side of the contract, sections 1.1 and 1.4. */
public class LiveStoreServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Largest message of both transports, in bytes: an event of the largest size, and some for what stands around it. */
    static final int MESSAGE_BYTES_MAX = 1024 * 1024 + 64 * 1024;

    /** Answer to a name that does not match the application's {@link StoreNamePattern}. */
    static final String NAME_REFUSED = "The application does not admit stores with this name: choose another storeId";

    private static final String ORIGIN = "Origin";

    private static final int UPGRADE_REQUIRED = 426;

    @Inject
    private transient LiveStoreDialect dialect;

    @Inject
    private transient HttpRequests requests;

    @Inject
    private transient ServedApplication application;

    @Inject
    private transient ForwardedHeaders forwardedHeaders;

    @Inject
    private transient CorsPolicy corsPolicy;

    @Inject
    private transient ResponseSender responseSender;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getMethod().equals("OPTIONS")) {
            answerPreflight(request, response);
            return;
        }
        addCorsHeaders(request, response);
        Optional<StoreAddress> address = StoreAddress.of(request.getQueryString());
        boolean isPost = request.getMethod().equals("POST");
        if (isPost && address.filter(each -> isByHttp(each)).isPresent()) {
            answer(request, response, address.get());
        } else if (request.getMethod().equals("GET") && address.isEmpty()) {
            text(response, HttpServletResponse.SC_OK, "Info: Sync endpoint for LiveStore clients.");
        } else if (address.filter(each -> each.transport() == Transport.WS).isPresent()) {
            text(response, UPGRADE_REQUIRED, "This address expects Upgrade: websocket");
        } else {
            text(response, HttpServletResponse.SC_BAD_REQUEST, "Invalid path");
        }
    }

    private boolean isByHttp(StoreAddress address) {
        return address.transport() == Transport.HTTP && dialect.serves(Transport.HTTP);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, StoreAddress address)
            throws IOException {
        dialect.settings().responseHeaders().forEach(response::setHeader);
        if (!dialect.admits(address.store())) {
            text(response, HttpServletResponse.SC_BAD_REQUEST, NAME_REFUSED);
            return;
        }
        StoreRequest client = StoreSession.request(
                dialect.payloads()
                        .bySecret(address)
                        .map(known -> known.caller())
                        .orElseGet(application::caller),
                address,
                forwardedHeaders.of(request, dialect.settings().forwardedHeaders()));
        if (dialect.payloads().refuses(address, client.caller()).isPresent()) {
            text(response, HttpServletResponse.SC_FORBIDDEN, "The payload names another user than the token");
            return;
        }
        byte[] body = request.getInputStream().readNBytes(MESSAGE_BYTES_MAX + 1);
        if (body.length > MESSAGE_BYTES_MAX) {
            text(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "The request is too large");
            return;
        }
        try {
            String message = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            responseSender.send(
                    requests.answer(client, message),
                    request.startAsync(request, response),
                    response,
                    StoreErrorFormat.INSTANCE);
        } catch (CharacterCodingException noText) {
            text(response, HttpServletResponse.SC_BAD_REQUEST, "The body is not UTF-8");
        }
    }

    private static void text(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void answerPreflight(HttpServletRequest request, HttpServletResponse response) {
        String headers = request.getHeader("Access-Control-Request-Headers");
        addCorsHeaders(request, response);
        if (dialect.settings().isOpenToAllOrigins()) {
            response.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
            response.setHeader("Access-Control-Allow-Headers", headers == null ? "*" : headers);
        } else {
            corsPolicy
                    .headers(request.getHeader(ORIGIN), headers)
                    .ifPresent(allowed -> allowed.forEach(response::setHeader));
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** Adds the headers that let a page of an allowed origin read the answer. */
    private void addCorsHeaders(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader(ORIGIN);
        if (corsPolicy.isCrossOrigin()) {
            response.addHeader("Vary", ORIGIN);
        }
        (dialect.settings().isOpenToAllOrigins()
                        ? corsPolicy.openReadingHeaders(origin)
                        : corsPolicy.readingHeaders(origin))
                .forEach(response::setHeader);
    }
}
