package dev.lockstep.wire.application;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.collection.Misconfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The application that this WAR serves: the one named like its context root, or by the context parameter
 * {@code lockstep.application}. One instance for each WAR.
 */
@ApplicationScoped
public class ServedApplication {
    /** The context parameter that names the application where the context root does not. */
    static final String PARAMETER = "lockstep.application";

    /** The attribute that carries a request's {@link Identity}. */
    public static final String IDENTITY = "dev.lockstep.identity";

    @Inject
    private CollectionRegistry collections;

    @Inject
    private HttpServletRequest request;

    private volatile String name = "";
    private volatile Set<String> dialects = Set.of();

    public void serve(ServletContext context) {
        String parameter = context.getInitParameter(PARAMETER);
        String wanted = parameter == null ? context.getContextPath().replaceFirst("^/", "") : parameter;
        if (!collections.applications().contains(wanted)) {
            throw new Misconfiguration("The web application at '" + context.getContextPath()
                    + "' serves the application '" + wanted + "', which has no collections. There are "
                    + collections.applications() + ": change its context root, or set the context parameter '"
                    + PARAMETER
                    + "' in its web.xml.");
        }
        name = wanted;
        dialects = Set.copyOf(Collections.list(context.getAttributeNames()));
    }

    /** Whether the web application has named a dialect, by an attribute of this name when it began. */
    public boolean speaks(String dialect) {
        return dialects.contains(dialect);
    }

    /** The application's name. */
    public String name() {
        return name;
    }

    /**
     * The room of this name, as clients ask for it.
     *
     * @throws SyncException if there can be no room of that name
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
     * Who sends the request that this thread is at. The application's own resources may ask, too.
     *
     * @throws SyncException if the request says it in a way that is wrong
     */
    public Caller caller() {
        return switch (identity()) {
            case Identity.Known known -> known.caller();
            case Identity.None nobody -> Caller.anonymous(name);
            case Identity.Refused refused -> throw new SyncException(refused.refusal());
        };
    }

    public Identity identity() {
        return request.getAttribute(IDENTITY) instanceof Identity identity ? identity : new Identity.None();
    }

    /** Its collections. */
    public List<CollectionModel> collections() {
        return collections.of(name);
    }
}
