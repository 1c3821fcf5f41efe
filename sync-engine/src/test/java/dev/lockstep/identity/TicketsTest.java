package dev.lockstep.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tickets on two nodes. */
@OnEveryDatabase
class TicketsTest {
    private static final int RACES = 20;
    private static final int WAIT_SECONDS_MAX = 30;
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Identity.Known ALICE = new Identity.Known(
            new Caller(
                    "workshop",
                    Optional.of("alice"),
                    Map.of("roles", List.of("reader", Map.of("in", "p1")), "level", 7L, "share", new BigDecimal("0.5")),
                    Optional.of(START.plusSeconds(600))),
            Optional.of(START.minusSeconds(60)),
            Optional.of("key-1"));

    private final TestDatabase database;
    private Instant now = START;
    private final Tickets here;
    private final Tickets there;

    TicketsTest(TestDatabase database) {
        this.database = database.emptied();
        here = tickets();
        there = tickets();
    }

    private Tickets tickets() {
        return new Tickets(database.transactions(), () -> now, new SecureRandom());
    }

    @Test
    @Tag("ID8")
    @DisplayName("[ID8] a ticket restores the same caller on any node, with all claims")
    void redeemed() {
        assertThat(there.redeem("workshop", here.issue(ALICE))).contains(ALICE);
    }

    @Test
    @Tag("ID8")
    @DisplayName("[ID8] a ticket is valid once")
    void once() {
        String ticket = here.issue(ALICE);
        there.redeem("workshop", ticket);

        assertThat(here.redeem("workshop", ticket)).isEmpty();
        assertThat(there.redeem("workshop", ticket)).isEmpty();
    }

    @Test
    @Tag("ID8")
    @DisplayName("[ID8] of two nodes that redeem a ticket at the same time, one succeeds")
    void race() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < RACES; i++) {
                String ticket = here.issue(ALICE);
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<Boolean>> both = Stream.of(here, there)
                        .map(node -> threads.submit(() -> {
                            together.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
                            return node.redeem("workshop", ticket).isPresent();
                        }))
                        .toList();

                assertThat(both.get(0).get(WAIT_SECONDS_MAX, TimeUnit.SECONDS)
                                ^ both.get(1).get(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
                        .isTrue();
            }
        }
    }

    @Test
    @Tag("ID8")
    @DisplayName("[ID8] a ticket is valid for 30 s, and expired tickets are removed")
    void stale() {
        String ticket = here.issue(ALICE);
        now = START.plus(Tickets.GOOD_FOR);
        assertThat(there.redeem("workshop", ticket)).isEmpty();

        now = START.plus(Duration.ofHours(1));
        here.issue(ALICE);
        assertThat(kept()).hasSize(1);
    }

    @Test
    @Tag("ID8")
    @DisplayName("[ID8] a ticket of another application is invalid")
    void elsewhere() {
        String ticket = here.issue(ALICE);

        assertThat(there.redeem("office", ticket)).isEmpty();
        assertThat(there.redeem("workshop", "no-ticket")).isEmpty();
        assertThat(there.redeem("workshop", "x".repeat(ticket.length()))).isEmpty();
        assertThat(there.redeem("workshop", ticket)).isPresent();
    }

    @Test
    @Tag("ID8")
    @DisplayName("[ID8] the database does not store the ticket itself")
    void hashed() {
        String ticket = here.issue(ALICE);

        assertThat(kept()).hasSize(1).noneMatch(row -> row.contains(ticket));
    }

    @Test
    @Tag("ID8")
    @DisplayName("[ID8] a ticket for a credential without a date carries its own date")
    void dated() {
        String ticket = here.issue(new Identity.Known(ALICE.caller()));

        assertThat(there.redeem("workshop", ticket))
                .hasValueSatisfying(known -> assertThat(known.issued()).contains(START));
    }

    private List<String> kept() {
        return database.transactions().run(scope -> {
            try (Statement statement = scope.connection().createStatement();
                    ResultSet rows = statement.executeQuery("select hash, caller from lockstep_ticket")) {
                Stream.Builder<String> all = Stream.builder();
                while (rows.next()) {
                    all.add(rows.getString(1) + rows.getString(2));
                }
                return all.build().toList();
            }
        });
    }
}
