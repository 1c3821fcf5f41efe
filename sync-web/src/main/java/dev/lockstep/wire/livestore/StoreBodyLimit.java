package dev.lockstep.wire.livestore;

import dev.lockstep.wire.http.BodyLimit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.OptionalLong;

/** Limit of the bodies of the dialect: {@link LiveStoreServlet#MESSAGE_BYTES_MAX}. */
@ApplicationScoped
class StoreBodyLimit implements BodyLimit {
    @Inject
    private LiveStoreDialect dialect;

    @Override
    public OptionalLong bytesMax(String path) {
        return path.equals(LiveStoreApi.PATH) && dialect.isEnabled()
                ? OptionalLong.of(LiveStoreServlet.MESSAGE_BYTES_MAX)
                : OptionalLong.empty();
    }
}
