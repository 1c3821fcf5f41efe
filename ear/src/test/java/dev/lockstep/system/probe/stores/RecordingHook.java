package dev.lockstep.system.probe.stores;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.event.EventAppender;
import dev.lockstep.api.hook.StoreHook;
import dev.lockstep.api.hook.StoreRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Records all calls. The names of events, and the payload of the client, tell it what else to do. */
@ApplicationScoped
public class RecordingHook implements StoreHook {
    @Inject
    private StoreCalls calls;

    @Inject
    private EventAppender appender;

    private void record(String call, StoreRequest request, String about) {
        calls.add(
                request.store().value(),
                "%s %s %s payload=%s headers=%s groups=%s"
                        .formatted(
                                call,
                                about,
                                request.caller().subject().orElse("nobody"),
                                request.payload().get("colour"),
                                new TreeMap<>(request.headers()),
                                request.caller().claims().get("groups")));
    }

    private static boolean has(List<StoreEvent> events, String name) {
        return events.stream().anyMatch(event -> event.name().equals(name));
    }

    private static String numbers(List<StoreEvent> events) {
        return events.stream().map(StoreEvent::number).toList().toString();
    }

    @Override
    public Map<String, String> forwardHeaders(Map<String, String> headers) {
        String version = headers.getOrDefault("x-version", "");
        if (version.equals("broken")) {
            throw new IllegalStateException("a secret of the hook");
        }
        return version.isEmpty() ? Map.of() : Map.of("X-Major", version.split("\\.", 2)[0]);
    }

    @Override
    public void beforePush(StoreRequest request, List<StoreEvent> events) {
        record("beforePush", request, numbers(events));
        if (has(events, "v1.TooEarly")) {
            throw new SyncException(ErrorCode.OVERLOADED, "not before noon");
        }
        if (has(events, "v1.OfTenant")) {
            throw new SyncException(
                    ErrorCode.OVERLOADED, "tenant " + request.caller().claims().get("tenant"));
        }
        if (has(events, "v1.Broken")) {
            throw new IllegalStateException("a secret of the hook");
        }
    }

    @Override
    @Transactional
    public void afterPush(StoreRequest request, List<StoreEvent> events) {
        record("afterPush", request, numbers(events));
        if (has(events, "v1.BrokenAfterwards")) {
            throw new IllegalStateException("a secret of the hook");
        }
        if (has(events, "v1.Rejected")) {
            appender.append(request.store().room("stores"), "v1.Compensated", "{}");
        }
    }

    @Override
    public void beforePull(StoreRequest request, long after) {
        record("beforePull", request, "after " + after);
        if ("black".equals(request.payload().get("colour"))) {
            throw new SyncException(ErrorCode.FORBIDDEN, "no pulls in black");
        }
        if ("grey".equals(request.payload().get("colour"))) {
            throw new SyncException(ErrorCode.OVERLOADED, "no pulls in grey now");
        }
    }

    @Override
    public void afterPull(StoreRequest request, long after) {
        record("afterPull", request, "after " + after);
    }
}
