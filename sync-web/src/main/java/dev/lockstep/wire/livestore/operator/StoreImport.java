package dev.lockstep.wire.livestore.operator;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.event.StoreMaintenance.Import;
import dev.lockstep.event.StoreMaintenance.ImportedEvent;
import dev.lockstep.wire.json.JsonObject;
import dev.lockstep.wire.livestore.rpc.EventLine;
import dev.lockstep.wire.livestore.rpc.InvalidPayload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One import: lines of events, which are appended batch by batch. Each batch that was appended stays, also if a later line is
 * refused. Used by one thread.
 */
final class StoreImport {
    /** Most events of one batch, which is one transaction. */
    static final int BATCH_EVENTS_MAX = 1_000;

    /** Most characters of the lines of one batch, unless it has only one. */
    static final int BATCH_CHARACTERS_MAX = 1024 * 1024;

    private final Function<List<ImportedEvent>, Import> appending;
    private final List<ImportedEvent> batch = new ArrayList<>();
    private int characters;
    private long line;
    private long appended;
    private long present;
    private @Nullable Import last;

    /** @param appending appends a batch, all or none */
    StoreImport(Function<List<ImportedEvent>, Import> appending) {
        this.appending = appending;
    }

    /**
     * Reads all lines. Blank ones are skipped.
     *
     * @return the result as JSON
     * @throws SyncException if a line or a batch is refused; the message names the line
     */
    String read(InputStream body) {
        // A decoder of its own reports invalid UTF-8. With replacement characters the events would differ.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder()))) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                if (!text.isBlank()) {
                    add(text);
                }
            }
        } catch (CharacterCodingException e) {
            throw malformed("The body is not UTF-8");
        } catch (IOException e) {
            throw malformed("The body ended too early");
        }
        append();
        return json();
    }

    private void add(String text) {
        EventLine read;
        try {
            read = EventLine.of(text);
        } catch (InvalidPayload invalid) {
            throw malformed(invalid.message());
        }
        if (characters + text.length() > BATCH_CHARACTERS_MAX || batch.size() == BATCH_EVENTS_MAX) {
            append();
        }
        requireChain(read);
        batch.add(new ImportedEvent(read.event(), read.stampMicros()));
        characters += text.length();
    }

    private void requireChain(EventLine read) {
        if (!batch.isEmpty()) {
            long before = batch.getLast().event().number();
            if (read.event().parent() != before) {
                throw malformed("event " + read.event().number() + " has the parent "
                        + read.event().parent() + ", but follows event " + before);
            }
        }
    }

    private SyncException malformed(String message) {
        return new SyncException(
                ErrorCode.MALFORMED, "line " + line + ": " + message + "; " + appended + " events were appended");
    }

    private void append() {
        if (batch.isEmpty()) {
            return;
        }
        try {
            Import result = appending.apply(List.copyOf(batch));
            appended += result.appended();
            present += result.present();
            last = result;
        } catch (SyncException e) {
            Refusal refusal = e.refusal();
            throw new SyncException(
                    refusal.code(),
                    "up to line " + line + ": " + refusal.message() + "; " + appended + " events were appended",
                    e);
        }
        batch.clear();
        characters = 0;
    }

    private String json() {
        return new JsonObject()
                .with("appended", appended)
                .with("present", present)
                .with("store", Optional.ofNullable(last).map(each -> StoreJson.of(each.store())))
                .toString();
    }
}
