package dev.lockstep.wire.strata;

import dev.lockstep.admission.LargeBodyBudget;
import dev.lockstep.wire.application.ApplicationStarted;
import dev.lockstep.wire.http.BodyLimit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.ConfigProvider;

/** Limit of the bodies of {@code mutate}: the configured size, and at most the budget of the server for large bodies. */
@ApplicationScoped
class MutateLimit implements BodyLimit {
    /** The route whose bodies may be large. */
    static final String PATH = StrataApi.PREFIX + "mutate";

    private final long bytes = Math.min(
            StrataSettings.of(ConfigProvider.getConfig()).mutateBytesMax(), LargeBodyBudget.OF_SERVER.bytesMax());

    @Inject
    private StrataDialect dialect;

    /** Creates this bean at deployment, so that an invalid limit fails the deployment instead of the first request. */
    void begin(@Observes ApplicationStarted applicationStarted) {}

    /** Most bytes that are read of a body. */
    long bytesMax() {
        return bytes;
    }

    @Override
    public OptionalLong bytesMax(String path) {
        return path.equals(PATH) && dialect.isEnabled() ? OptionalLong.of(bytes) : OptionalLong.empty();
    }
}
