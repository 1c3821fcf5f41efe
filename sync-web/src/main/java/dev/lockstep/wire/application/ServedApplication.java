package dev.lockstep.wire.application;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.registry.CollectionRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The application that this WAR serves. Its name is the context root, or the value of the context parameter
 * {@code lockstep.application}. One instance for each WAR. Thread-safe.
 */
@ApplicationScoped
public class ServedApplication {
    /** The context parameter that names the application if the context root does not. */
    static final String PARAMETER = "lockstep.application";

    /** The context attribute with a class of the application, if the WAR enables a dialect that needs no collection. */
    public static final String MEMBER = "dev.lockstep.application.member";

    /** The attribute that carries a request's {@link Identity}. */
    public static final String IDENTITY = "dev.lockstep.identity";

    @Inject
    private CollectionRegistry collections;

    @Inject
    private HttpServletRequest request;

    private volatile String name = "";
    private volatile Map<String, Object> attributes = Map.of();

    /**
     * Determines the served application.
     *
     * @throws Misconfiguration if there is no such application
     */
    public void serve(ServletContext context) {
        String parameter = context.getInitParameter(PARAMETER);
        String wanted = parameter == null ? context.getContextPath().replaceFirst("^/", "") : parameter;
        Set<String> applications = applications(context);
        if (!applications.contains(wanted)) {
            throw new Misconfiguration("The web application at '" + context.getContextPath()
                    + "' serves the application '" + wanted + "', which has no collections. There are "
                    + applications + ": change its context root, or set the context parameter '"
                    + PARAMETER
                    + "' in its web.xml. If its entities are missing, check that the jar with"
                    + " META-INF/persistence.xml contains them or names their jar as <jar-file>.");
        }
        name = wanted;
        attributes = Collections.list(context.getAttributeNames()).stream()
                .collect(Collectors.toUnmodifiableMap(attribute -> attribute, context::getAttribute));
    }

    private Set<String> applications(ServletContext context) {
        Set<String> applications = new TreeSet<>(collections.applications());
        if (context.getAttribute(MEMBER) instanceof Class<?> member) {
            ApplicationBeans.findApplicationOf(member).ifPresent(applications::add);
        }
        return applications;
    }

    /** Whether the web application enabled a dialect, with a context attribute of this name at its start. */
    public boolean speaks(String dialect) {
        return attributes.containsKey(dialect);
    }

    /** The value of an attribute that the web application's context had at its start. */
    public Optional<Object> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /** The application's name. */
    public String name() {
        return name;
    }

    /**
     * The room with a name that a client sent.
     *
     * @throws SyncException if the name is invalid
     */
    public RoomId room(String roomName) {
        if (roomName.isEmpty()) {
            throw new SyncException(ErrorCode.MALFORMED, "A room's name is missing in the path");
        }
        try {
            return new RoomId(name, roomName);
        } catch (IllegalArgumentException e) {
            throw new SyncException(ErrorCode.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The caller of the current request. The application's own resources may call this, too.
     *
     * @throws SyncException if the request's credentials were refused
     */
    public Caller caller() {
        return switch (identity()) {
            case Identity.Known known -> known.caller();
            case Identity.None none -> Caller.anonymous(name);
            case Identity.Refused refused -> throw new SyncException(refused.refusal());
        };
    }

    /** The identity of the current request. */
    public Identity identity() {
        return request.getAttribute(IDENTITY) instanceof Identity identity ? identity : new Identity.None();
    }

    /** The collections of the application. */
    public List<CollectionModel> collections() {
        return collections.of(name);
    }
}
