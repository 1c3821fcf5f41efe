package dev.lockstep.examples.livestorenotes;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import dev.lockstep.api.hook.StoreRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Optional;

/** Stores whose names begin with {@code auth-}, and their notes, are for callers with the shared secret. */
@ApplicationScoped
public class TokenStores implements AccessRule {
    private static final String PREFIX = "auth-";

    @Override
    public Optional<Refusal> refuses(Access access) {
        boolean isAllowed = !access.room().name().startsWith(PREFIX)
                || (access.caller().claims().get("groups") instanceof Collection<?> roles
                        && roles.contains(StoreRequest.SECRET_ROLE));
        return isAllowed
                ? Optional.empty()
                : Optional.of(Refusal.forbidden("Forbidden: this store needs the token in the payload"));
    }
}
