package dev.lockstep.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One event of a store. Immutable. The server does not interpret it: every name and every JSON value is stored and sent as
 * received.
 *
 * @param number its number in the store, above that of the event before it; the first is at least 1
 * @param parent the number of the event before it; 0 for the first
 * @param name the event's name
 * @param args its arguments: one JSON value, unchanged, {@code null} if there are none
 * @param client the client that made it
 * @param session the client's session that made it
 */
public record StoreEvent(long number, long parent, String name, String args, String client, String session) {
    /**
     * The collection that access rules name for the events of an application's stores: rules for {@code read},
     * {@code subscribe} and {@code append}.
     */
    public static final CollectionName COLLECTION = new CollectionName("lockstep-events");

    /**
     * Largest {@link #json}, in bytes of UTF-8: the limit of the published clients for one event (LiveStore contract, section
     * 1.5).
     */
    public static final int JSON_BYTES_MAX = 900_000;

    /** Largest number: the largest integer that JavaScript represents exactly. */
    public static final long NUMBER_MAX = (1L << 53) - 1;

    private static final String ARGS = ",\"args\":";

    // The texts are JSON strings, so a quotation mark in one of them is escaped, and the first ARGS is the member.
    private static final Pattern JSON = Pattern.compile(
            "\\{\"name\":(\"(?:[^\"\\\\]|\\\\.)*+\"),\"seqNum\":(\\d+),\"parentSeqNum\":(\\d+),\"clientId\":"
                    + "(\"(?:[^\"\\\\]|\\\\.)*+\"),\"sessionId\":(\"(?:[^\"\\\\]|\\\\.)*+\")",
            Pattern.DOTALL);

    /** @throws IllegalArgumentException if a number is out of range, or the event does not follow its parent */
    public StoreEvent {
        if (parent < 0 || number <= parent || number > NUMBER_MAX) {
            throw new IllegalArgumentException("an event's number is above its parent's, and at most " + NUMBER_MAX
                    + "; was " + number + " after " + parent);
        }
    }

    /** The event as one JSON object. {@link #of} reads it. */
    public String json() {
        StringBuilder json = new StringBuilder(96 + name.length() + args.length() + client.length() + session.length());
        JsonText.quote(json.append("{\"name\":"), name)
                .append(",\"seqNum\":")
                .append(number)
                .append(",\"parentSeqNum\":")
                .append(parent);
        JsonText.quote(json.append(",\"clientId\":"), client);
        JsonText.quote(json.append(",\"sessionId\":"), session);
        return json.append(ARGS).append(args).append('}').toString();
    }

    /**
     * Reads what {@link #json} has written.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static StoreEvent of(String json) {
        Matcher head = JSON.matcher(json);
        if (!head.lookingAt() || !json.startsWith(ARGS, head.end()) || !json.endsWith("}")) {
            throw new IllegalArgumentException("not an event as the store holds it");
        }
        return new StoreEvent(
                Long.parseLong(head.group(2)),
                Long.parseLong(head.group(3)),
                JsonText.unquote(head.group(1)),
                json.substring(head.end() + ARGS.length(), json.length() - 1),
                JsonText.unquote(head.group(4)),
                JsonText.unquote(head.group(5)));
    }

    /** A copy at another place of the store. */
    public StoreEvent at(long newNumber, long newParent) {
        return new StoreEvent(newNumber, newParent, name, args, client, session);
    }
}
