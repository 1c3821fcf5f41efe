package dev.lockstep.wire.identity;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.BasicUsers;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.api.identity.IdentityResolver;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.collection.ApplicationBeans.ApplicationBean;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.application.RuntimeProfile;
import dev.lockstep.wire.application.ServedApplication;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Resolver of name and password (RFC 7617), for applications with a {@link BasicUsers} bean. */
@ApplicationScoped
@Priority(400)
class BasicIdentity implements IdentityResolver {
    private static final Logger LOG = System.getLogger(BasicIdentity.class.getName());

    @Inject
    @Any
    private Instance<BasicUsers> declared;

    @Inject
    private RuntimeProfile runtimeProfile;

    @Inject
    private ServedApplication application;

    private volatile Optional<ApplicationBean<BasicUsers>> users = Optional.empty();

    /** Finds the {@link BasicUsers} bean, before the first request. */
    void find() {
        List<ApplicationBean<BasicUsers>> own = ApplicationBeans.find(declared, application.name());
        if (own.size() > 1) {
            throw new Misconfiguration("The application '" + application.name()
                    + "' has more than one BasicUsers bean: make one of them that knows all users.");
        }
        users = own.stream().findFirst();
        users.filter(each -> !runtimeProfile.allows(each.type()))
                .ifPresent(each -> LOG.log(
                        Level.INFO,
                        "application=" + application.name() + " accepts passwords only with"
                                + " lockstep.profile=development; the profile of this server is production"));
    }

    @Override
    public Identity resolve(Credentials credentials) {
        Optional<String> sent = Authorization.of(credentials, "Basic");
        if (sent.isEmpty() || users.isEmpty()) {
            return new Identity.None();
        }
        return runtimeProfile.allows(users.get().type())
                ? resolve(credentials.application(), users.get().bean(), sent.get())
                : Identity.refused(challenge());
    }

    private Identity resolve(String name, BasicUsers known, String sent) {
        try {
            String text = new String(Base64.getDecoder().decode(sent), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon < 1) {
                return Identity.refused(challenge());
            }
            String user = text.substring(0, colon);
            return known.claims(user, text.substring(colon + 1))
                    .<Identity>map(
                            claims -> new Identity.Known(new Caller(name, Optional.of(user), claims, Optional.empty())))
                    .orElseGet(() -> Identity.refused(challenge()));
        } catch (IllegalArgumentException invalidName) {
            return Identity.refused(challenge());
        }
    }

    /** Whether the application admits only signed-in users to a path. */
    boolean guards(String method, String path) {
        return users.filter(each -> each.bean().guards(method, path)).isPresent();
    }

    /** The challenge that asks for a password; empty if the application has no passwords. */
    Optional<String> challenge() {
        return users.map(each ->
                "Basic realm=\"" + each.bean().realm().replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }
}
