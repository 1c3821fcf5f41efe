package dev.lockstep.wire.cfsync;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.snapshot.ListChanges;
import dev.lockstep.snapshot.ListVersion;
import dev.lockstep.snapshot.Snapshot;
import dev.lockstep.snapshot.Spool;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers with lists: rows, position, ETag and link to the next page. Thread-safe. */
final class CfSyncLists {
    /** The header with the log position of a list, or of a write. */
    static final String POSITION = "Lockstep-Seq";

    /** Part of every ETag: a restored database may repeat the versions that a former start of the server sent. */
    private final String startId = Long.toHexString(ThreadLocalRandom.current().nextLong());

    /** A list, with its position, its ETag and a link to its next page. */
    Response list(UriInfo uri, CollectionModel model, ListQuery wanted, Snapshot snapshot) {
        Response.ResponseBuilder answer = rows(model.name(), snapshot.rows(), CfSyncAnswers.LIST_END)
                .header(POSITION, snapshot.position().value());
        if (snapshot.ofOneCaller()) {
            answer.header(HttpHeaders.CACHE_CONTROL, "no-store");
        } else {
            answer.header(HttpHeaders.ETAG, tag(snapshot)).header(HttpHeaders.CACHE_CONTROL, "no-cache");
        }
        snapshot.next()
                .ifPresent(next -> answer.header(
                        HttpHeaders.LINK,
                        "<"
                                + uri.getRequestUriBuilder()
                                        .replaceQueryParam("after", next.text(model, wanted.sort()))
                                        .build()
                                + ">; rel=\"next\""));
        return answer.build();
    }

    /** The changes of a list since a cursor. */
    static Response changes(CollectionModel model, ListChanges listChanges) {
        return rows(
                        model.name(),
                        listChanges.rows(),
                        CfSyncAnswers.catchupEnd(listChanges.gone(), listChanges.position()))
                .header(POSITION, listChanges.position().value())
                .build();
    }

    /** The answer to a client that has this version of the list. Closes the snapshot. */
    Response notModified(Snapshot snapshot) {
        try (snapshot) {
            return Response.notModified()
                    .header(POSITION, snapshot.position().value())
                    .header(HttpHeaders.ETAG, tag(snapshot))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ETag. It is weak, because the same rows may be sent compressed or not. */
    private String tag(Snapshot snapshot) {
        ListVersion version = snapshot.version();
        return "W/\"" + startId + "-" + version.epoch() + "-" + version.frameNumber() + "\"";
    }

    /** The version of a list in the header {@code If-None-Match}; empty if it has none of this start of the server. */
    Optional<ListVersion> version(@Nullable String tags) {
        Matcher own = Pattern.compile("\"" + startId + "-([0-9]{1,18})-([0-9]{1,18})\"")
                .matcher(tags == null ? "" : tags);
        return own.find()
                ? Optional.of(new ListVersion(new Seq(Long.parseLong(own.group(1))), Long.parseLong(own.group(2))))
                : Optional.empty();
    }

    /** The answer's rows. The server closes the stream, and with it the rows, after the answer or after its client left. */
    private static Response.ResponseBuilder rows(CollectionName collection, Spool rows, String endOfList) {
        byte[] start = CfSyncAnswers.listStart(collection).getBytes(StandardCharsets.UTF_8);
        byte[] end = endOfList.getBytes(StandardCharsets.UTF_8);
        InputStream body = new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(start), rows.read(), new ByteArrayInputStream(end))));
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CONTENT_LENGTH, start.length + rows.size() + end.length);
    }
}
