package dev.lockstep.collection.mapping;

import dev.lockstep.api.entity.NeverSent;
import dev.lockstep.api.entity.Writable;
import dev.lockstep.api.entity.Writable.When;
import jakarta.json.bind.annotation.JsonbTransient;
import java.lang.annotation.Annotation;
import java.util.Optional;

/**
 * The access of clients to a field.
 *
 * @param sent whether clients receive it
 * @param writable when clients may set it
 */
public record FieldAccess(boolean sent, When writable) {
    public boolean isWrittenByInserts() {
        return switch (writable) {
            case ALWAYS, ON_INSERT -> true;
            case ON_UPDATE, NEVER -> false;
        };
    }

    public boolean isWrittenByUpdates() {
        return switch (writable) {
            case ALWAYS, ON_UPDATE -> true;
            case ON_INSERT, NEVER -> false;
        };
    }

    /** @throws InvalidMapping if the annotations contradict each other */
    public static FieldAccess of(Attribute attribute, Role role) {
        if (attribute.part() >= 0) {
            return new FieldAccess(true, role == Role.DATA ? When.ON_INSERT : When.NEVER);
        }
        boolean hidden = attribute.has(JsonbTransient.class);
        boolean neverSent = attribute.has(NeverSent.class);
        Optional<When> stated = attribute.annotation(Writable.class).map(Writable::value);
        if (neverSent || stated.isPresent()) {
            Class<? extends Annotation> annotation = neverSent ? NeverSent.class : Writable.class;
            if (role != Role.DATA && (neverSent || !isAllowed(stated.orElseThrow(), role))) {
                throw new InvalidMapping("has the field '" + attribute.name() + "' with @"
                        + annotation.getSimpleName() + ", but it is its " + role
                        + ", which only the server writes: " + (neverSent ? "" : exception(role))
                        + "remove the annotation.");
            }
            if (hidden) {
                throw new InvalidMapping("has the field '" + attribute.name() + "' with @JsonbTransient and @"
                        + annotation.getSimpleName() + ": keep one; with @JsonbTransient clients neither write nor see"
                        + " it.");
            }
            if (neverSent && stated.filter(when -> when == When.NEVER).isPresent()) {
                throw new InvalidMapping("has the field '" + attribute.name() + "' with @Writable(NEVER) and"
                        + " @NeverSent, so that clients neither write nor see it: keep one, or use @JsonbTransient.");
            }
        }
        boolean sent = !hidden && !neverSent && role != Role.DELETED_AT;
        return new FieldAccess(sent, hidden ? When.NEVER : writable(role, stated));
    }

    private static String exception(Role role) {
        return switch (role) {
            case CREATED_AT -> "make it ON_INSERT, or ";
            case ROOM -> "make it ALWAYS or ON_UPDATE, or ";
            case ID, OWNER, UPDATED_AT, ARCHIVED_AT, DELETED_AT, VERSION, DATA -> "";
        };
    }

    /** Whether clients may write a field of the server in this operation, as an exception. */
    private static boolean isAllowed(When when, Role role) {
        return switch (role) {
            case CREATED_AT -> when == When.ON_INSERT;
            case ROOM -> when == When.ALWAYS || when == When.ON_UPDATE;
            case ID, OWNER, UPDATED_AT, ARCHIVED_AT, DELETED_AT, VERSION, DATA -> false;
        };
    }

    private static When writable(Role role, Optional<When> stated) {
        return switch (role) {
            case DATA -> stated.orElse(When.ALWAYS);
            case ROOM ->
                stated.isPresent() ? When.ON_UPDATE : When.NEVER; // the room of a new row is that of its request
            case CREATED_AT -> stated.orElse(When.NEVER);
            case ID, OWNER, UPDATED_AT, ARCHIVED_AT, DELETED_AT, VERSION -> When.NEVER;
        };
    }
}
