package dev.lockstep.transaction;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.event.EventAppender;
import dev.lockstep.event.NewEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;

/** Adds events to the application's transaction. */
@ApplicationScoped
class TransactionEvents implements EventAppender {
    private static final JsonProvider JSON = JsonProvider.provider();

    @Inject
    private ApplicationTransactions transactions;

    @Override
    public void append(RoomId store, String name, String args) {
        if (!store.isOfEvents()) {
            throw new IllegalArgumentException("the room " + store + " is no event store: use StoreName.room");
        }
        NewEvent event = new NewEvent(store, name, args, CLIENT, SESSION);
        int bytes = event.at(1, 0).json().getBytes(StandardCharsets.UTF_8).length;
        if (!isJson(args) || bytes > StoreEvent.JSON_BYTES_MAX) {
            throw new IllegalArgumentException("the arguments of an event are one JSON value, and the event is at most "
                    + StoreEvent.JSON_BYTES_MAX + " bytes; was " + bytes);
        }
        transactions.required().append(event);
    }

    private static boolean isJson(String text) {
        try (JsonParser parser = JSON.createParser(new StringReader(text))) {
            parser.next();
            while (parser.hasNext()) {
                parser.next();
            }
            return true;
        } catch (JsonException | NoSuchElementException | IllegalStateException malformed) {
            return false;
        }
    }
}
