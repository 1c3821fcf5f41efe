package dev.lockstep.wire.strata;

import dev.lockstep.admission.LargeBodyBudget;
import dev.lockstep.wire.application.ApplicationStarted;
import dev.lockstep.wire.http.BodyLimit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.ConfigProvider;

/** How large a body of {@code mutate} may be: as large as configured, and as the server has room for at once. */
@ApplicationScoped
class MutateLimit implements BodyLimit {
    /** The route whose bodies may be large. */
    static final String PATH = StrataApi.PREFIX + "mutate";

    private final long bytes = Math.min(
            StrataSettings.of(ConfigProvider.getConfig()).mutateBytesMax(), LargeBodyBudget.OF_SERVER.bytesMax());

    @Inject
    private StrataDialect dialect;

    /** Begun early, so that a limit that cannot be fails the deployment and not the first request. */
    void begin(@Observes ApplicationStarted applicationStarted) {}

    /** Most bytes that are read of a body. */
    long bytesMax() {
        return bytes;
    }

    @Override
    public OptionalLong bytesMax(String path) {
        return path.equals(PATH) && dialect.isSpoken() ? OptionalLong.of(bytes) : OptionalLong.empty();
    }
}
