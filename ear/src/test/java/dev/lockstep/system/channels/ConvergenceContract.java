package dev.lockstep.system.channels;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.channels.ChannelClient.Mutation;
import dev.lockstep.system.channels.ChannelClient.Place;
import dev.lockstep.system.server.Deadline;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of both generations on one channel, with random mutations and times offline. */
public abstract class ConvergenceContract {
    private static final int STEPS = 300;
    private static final int SECONDS_MAX = 20;

    /** A text that the server refuses. */
    private static final String REFUSED = " ";

    private final URI application;

    /** Tests of the application svelte-todos at an address. */
    protected ConvergenceContract(URI application) {
        this.application = application;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    @Tag("CH2")
    @Tag("CH7")
    @Tag("CH8")
    @Tag("CH9")
    @Tag("CH10")
    @DisplayName(
            "[CH2][CH7][CH8][CH9][CH10] after random mutations and times offline, all clients show what the mutations give in "
                    + "the order of the log, each once")
    void converge(long seed) {
        Random random = new Random(seed);
        Place place = ownChannel();
        Map<String, Mutation> made = new HashMap<>();
        try (OlderClient older = new OlderClient(place, Optional.empty());
                OlderClient ahead = new OlderClient(place, Optional.of(Duration.ofHours(1)));
                NewerClient newer = new NewerClient(place);
                NewerClient observer = new NewerClient(place)) {
            List<ChannelClient> clients = List.of(older, ahead, newer, observer);
            clients.forEach(ChannelClient::connect);
            await(clients, "subscribed", () -> clients.stream().allMatch(ChannelClient::isSubscribed));
            for (int step = 0; step < STEPS; step++) {
                ChannelClient client = clients.get(random.nextInt(3));
                Mutation mutation = mutation(random, place, client, step);
                made.put(mutation.id(), mutation);
                client.mutate(mutation);
                if (random.nextInt(20) == 0) {
                    client.disconnect();
                }
                ChannelClient returning = clients.get(random.nextInt(3));
                if (!returning.isConnected() && random.nextInt(4) == 0) {
                    returning.connect();
                }
                if (random.nextInt(3) > 0) {
                    clients.forEach(ChannelClient::handleArrived);
                }
            }
            clients.stream().filter(each -> !each.isConnected()).forEach(ChannelClient::connect);
            await(
                    clients,
                    "answered",
                    () -> clients.stream()
                            .allMatch(each ->
                                    each.isSubscribed() && each.waiting().isEmpty()));
            // Frames after this row has arrived everywhere are no part of the test.
            Mutation last = Mutation.create(place, place.channel() + "-last", "last");
            made.put(last.id(), last);
            newer.mutate(last);
            await(
                    clients,
                    "arrived",
                    () -> clients.stream().allMatch(each -> each.texts().containsKey(last.key())));

            Map<String, String> expected = model(observer.changes(), made);
            await(
                    clients,
                    "equal",
                    () -> clients.stream().allMatch(each -> each.texts().equals(expected)));
            try (OlderClient late = new OlderClient(place, Optional.empty());
                    NewerClient lateToo = new NewerClient(place)) {
                List<ChannelClient> fresh = List.of(late, lateToo);
                fresh.forEach(ChannelClient::connect);
                await(fresh, "subscribed", () -> fresh.stream().allMatch(ChannelClient::isSubscribed));
                assertThat(late.texts()).isEqualTo(expected);
                assertThat(lateToo.texts()).isEqualTo(expected);
            }
            assertThat(older.refused() + ahead.refused() + newer.refused()).isPositive();
        }
    }

    /** A mutation of one of the rows that a client shows, or of a new one. Some are refused. */
    private static Mutation mutation(Random random, Place place, ChannelClient client, int step) {
        List<String> keys = new ArrayList<>(new TreeSet<>(client.texts().keySet()));
        int kind = random.nextInt(10);
        if (kind < 5 || keys.isEmpty()) {
            return Mutation.create(
                    place, place.channel() + "-" + step, random.nextInt(12) == 0 ? REFUSED : "created " + step);
        }
        String key = keys.get(random.nextInt(keys.size()));
        boolean isRefused = random.nextInt(8) == 0;
        return kind < 8 ? Mutation.update(place, key, isRefused ? REFUSED : "updated " + step) : Mutation.delete(key);
    }

    /** The rows that the mutations give in the order of the changes. No mutation has two changes. */
    private static Map<String, String> model(List<JsonObject> changes, Map<String, Mutation> made) {
        Map<String, String> rows = new HashMap<>();
        Set<String> seen = new HashSet<>();
        long position = -1;
        for (JsonObject change : changes) {
            assertThat(change.getJsonNumber("cursor").longValueExact()).isGreaterThan(position);
            position = change.getJsonNumber("cursor").longValueExact();
            String mutationId = change.getString("mutationId", "");
            assertThat(made).as("made by a client: %s", change).containsKey(mutationId);
            Mutation mutation = requireNonNull(made.get(mutationId));
            assertThat(seen.add(mutation.id())).as("once: %s", mutation).isTrue();
            if (mutation.action().equals("delete")) {
                rows.remove(mutation.key());
            } else {
                rows.put(mutation.key(), mutation.data().orElseThrow().getString("text"));
            }
        }
        return rows;
    }

    /** The private channel of a user that no other test has. */
    private Place ownChannel() {
        String user = "convergence-" + UUID.randomUUID();
        return new Place(application, "notes:" + user, "text", SessionCookies.of(application, user));
    }

    private static void await(List<ChannelClient> clients, String what, BooleanSupplier condition) {
        Deadline.ofSeconds(SECONDS_MAX).until(what, () -> {
            clients.forEach(ChannelClient::handleArrived);
            return condition.getAsBoolean();
        });
    }
}
