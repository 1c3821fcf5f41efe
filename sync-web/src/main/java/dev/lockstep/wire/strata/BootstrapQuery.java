package dev.lockstep.wire.strata;

import dev.lockstep.access.RoomSnapshots.Wanted;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.row.RowRepository.KeyValue;
import dev.lockstep.snapshot.BulkSnapshot;
import dev.lockstep.wire.http.SpooledStream;
import dev.lockstep.wire.strata.frame.StrataAnswers;
import dev.lockstep.wire.strata.frame.StrataFrames;
import dev.lockstep.wire.strata.request.RequestProblems;
import dev.lockstep.wire.strata.request.StrataRequests.Bootstrap;
import dev.lockstep.wire.strata.request.StrataRequests.Load;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Query of a bootstrap or a batch, and the encoding of its result (contract, sections 1.1 and 1.2). */
final class BootstrapQuery {
    /** Most rows of one load by a key. With more the stream ends with an error line. */
    static final int KEY_ROWS_MAX = 50_000;

    /**
     * Most bytes of all rows of a batch: half the spool of the server, and enough for five loads of 50,000 rows of 1 KiB. A
     * larger batch is refused.
     */
    static final long BATCH_BYTES_MAX = 256L * 1024 * 1024;

    /** Smallest stream, in bytes, that is compressed. */
    private static final int GZIP_BYTES_MIN = 1024;

    private final List<Wanted> parts;
    private final Set<QueryPart> read = new HashSet<>();
    private final Function<BulkSnapshot, String> before;
    private final Function<BulkSnapshot, String> after;

    /** Identity of a part: equal for the same rows. */
    private record QueryPart(CollectionName in, Optional<String> room, Optional<KeyValue> key) {}

    private BootstrapQuery(
            List<Wanted> parts, Function<BulkSnapshot, String> before, Function<BulkSnapshot, String> after) {
        this.parts = parts;
        this.before = before;
        this.after = after;
    }

    static BootstrapQuery bootstrap(
            Bootstrap wanted, List<String> groups, List<CollectionModel> models, StrataFrames frames) {
        List<String> names =
                wanted
                        .models()
                        .orElseGet(() -> models.stream()
                                .map(model -> model.name().value())
                                .toList())
                        .stream()
                        .distinct()
                        .toList();
        Map<String, CollectionModel> known = byName(models);
        List<CollectionModel> read = names.stream()
                .flatMap(name -> Stream.ofNullable(known.get(name)))
                .toList();
        BootstrapQuery query = new BootstrapQuery(
                new ArrayList<>(),
                snapshot -> {
                    Map<String, Integer> counts = new LinkedHashMap<>();
                    names.forEach(name -> counts.put(name, 0));
                    for (int i = 0; i < read.size(); i++) {
                        counts.put(read.get(i).name().value(), snapshot.counts().get(i));
                    }
                    return StrataAnswers.metadata(snapshot.position(), counts, wanted.schemaHash(), groups);
                },
                snapshot -> StrataAnswers.end(
                        snapshot.counts().stream().mapToInt(Integer::intValue).sum()));
        read.forEach(model -> query.add(model, Optional.empty(), Optional.empty(), Integer.MAX_VALUE, frames));
        return query;
    }

    /** @param groups the rooms of the caller's groups, by the names that clients know */
    static BootstrapQuery batch(
            List<Load> loads, Map<String, RoomId> groups, List<CollectionModel> models, StrataFrames frames) {
        Map<String, CollectionModel> known = byName(models);
        StringBuilder error = new StringBuilder();
        List<Wanted> parts = new ArrayList<>();
        BootstrapQuery query = new BootstrapQuery(
                parts,
                snapshot -> "",
                snapshot ->
                        snapshot.isCut() ? exceeded(parts.get(snapshot.counts().size() - 1)) : error.toString());
        for (Load load : loads) {
            CollectionModel model = known.get(load.modelName());
            if (model == null) {
                continue;
            }
            if (load instanceof Load.Indexed indexed && !model.indexedKeys().contains(indexed.indexedKey())) {
                error.append(StrataAnswers.errorLine("Indexed key \"" + indexed.indexedKey()
                        + "\" is not allowed for model \"" + load.modelName() + "\""));
                break;
            }
            query.add(model, load, groups, frames);
        }
        return query;
    }

    private static String exceeded(Wanted wanted) {
        return StrataAnswers.errorLine("Indexed batch load exceeded " + KEY_ROWS_MAX + " rows for model \""
                + wanted.model().name() + "\"");
    }

    private static Map<String, CollectionModel> byName(List<CollectionModel> models) {
        Map<String, CollectionModel> known = new LinkedHashMap<>();
        models.forEach(model -> known.put(model.name().value(), model));
        return known;
    }

    /** Adds a load. Foreign groups, and values that no row can have, are ignored. */
    private void add(CollectionModel model, Load load, Map<String, RoomId> groups, StrataFrames frames) {
        switch (load) {
            case Load.Indexed indexed -> {
                if (RequestProblems.isStorable(indexed.keyValue(), Integer.MAX_VALUE)) {
                    KeyValue key = new KeyValue(indexed.indexedKey(), indexed.keyValue());
                    add(model, Optional.empty(), Optional.of(key), KEY_ROWS_MAX, frames);
                }
            }
            case Load.OfGroup ofGroup -> {
                RoomId room = groups.get(ofGroup.groupId());
                if (room != null) {
                    add(model, roomOf(model, room), Optional.empty(), Integer.MAX_VALUE, frames);
                }
            }
        }
    }

    /** The room of a load; empty for a collection without rooms, whose rows belong to every group. */
    private static Optional<String> roomOf(CollectionModel model, RoomId room) {
        return model.isSingleTenant() ? Optional.empty() : Optional.of(room.name());
    }

    /** Adds a part. Equal parts are read once: clients merge rows by their ids. */
    private void add(
            CollectionModel model, Optional<String> room, Optional<KeyValue> key, int rowsMax, StrataFrames frames) {
        if (read.add(new QueryPart(model.name(), room, key))) {
            parts.add(new Wanted(model, room, key, rowsMax, frames.rows(model.name())::appendLine));
        }
    }

    List<Wanted> parts() {
        return parts;
    }

    /** The stream of a result. If this fails, it closes the rows. */
    SpooledStream stream(BulkSnapshot read, boolean gzip) {
        return read.rows().handedTo(rows -> {
            byte[] first = before.apply(read).getBytes(StandardCharsets.UTF_8);
            byte[] last = after.apply(read).getBytes(StandardCharsets.UTF_8);
            return gzip && first.length + rows.size() + last.length >= GZIP_BYTES_MIN
                    ? SpooledStream.compressed(rows.gzipped(first, last))
                    : SpooledStream.plain(first, rows, last);
        });
    }
}
