package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.access.chain.AccessChainFixture;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.MutationResult.Applied;
import dev.lockstep.api.MutationResult.Refused;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.identity.Memberships;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.mutation.batch.BatchWriter;
import dev.lockstep.sample.QuotaHook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Duplicates of mutations that would be refused now. */
@OnEveryDatabase
class RefusedRepeatsTest {
    private static final Caller ANN = AccessChainFixture.user("ann");
    private static final Caller BEN = AccessChainFixture.user("ben");

    private final TestDatabase database;
    private EngineFixture engine;
    private BatchWriter writer;
    private Thread writing;

    RefusedRepeatsTest(TestDatabase database) {
        this.database = database;
        engine = new EngineFixture(database.emptied());
        writer = engine.writer();
        writing = EngineFixture.start(writer);
    }

    @AfterEach
    void stop() {
        EngineFixture.end(writer, writing);
    }

    private static Mutation by(Caller caller, Mutation mutation) {
        return new Mutation(
                caller,
                mutation.room(),
                mutation.operation(),
                mutation.changes(),
                mutation.scope(),
                mutation.id(),
                mutation.conditions(),
                new AccessContext());
    }

    private static Mutation task(Caller caller, String value, String id) {
        return by(caller, MutationFixture.in("chess").by("client", value).inserts("tasks", id, Map.of("title", "t")));
    }

    private static ErrorCode code(MutationResult result) {
        return ((Refused) result).refusal().code();
    }

    private int commits() {
        return engine.commits().size();
    }

    @Test
    @Tag("MUT9")
    @Tag("CW10")
    @DisplayName("[MUT9][CW10] a caller that has left the group receives the result of the mutation without rows")
    void leftTheGroup() {
        AccessPolicy policy = AccessPolicy.builder().memberRooms().build();
        try (AccessChainFixture chain = AccessChainFixture.before(writer, policy, database)) {
            Memberships clubs = chain.select(Memberships.class);
            clubs.join("workshop", "ann", "chess");
            clubs.join("workshop", "ben", "chess");
            Applied first = (Applied) chain.submit(task(ANN, "1", "a"));
            assertThat(first.rows().getFirst()).isPresent();
            clubs.leave("workshop", "ann", "chess");

            Applied again = (Applied) chain.submit(task(ANN, "1", "a"));
            assertThat(again.repeated()).isTrue();
            assertThat(again.last()).isEqualTo(first.last());
            assertThat(again.rows()).containsExactly(Optional.empty());
            assertThat(code(chain.submit(task(ANN, "2", "b")))).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(code(chain.submit(task(ANN, "1", "other")))).isEqualTo(ErrorCode.FORBIDDEN);
            clubs.leave("workshop", "ben", "chess");
            assertThat(code(chain.submit(task(BEN, "1", "a")))).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(commits()).isEqualTo(1);
        }
    }

    @Test
    @Tag("MUT9")
    @Tag("CW10")
    @DisplayName("[MUT9][CW10] a hook that counts the mutation does not refuse its duplicate, which shows the row")
    void quota() {
        try (AccessChainFixture chain =
                AccessChainFixture.before(writer, AccessPolicy.builder().build(), database, QuotaHook.class)) {
            Applied first = (Applied) chain.submit(task(ANN, "1", "a"));
            chain.select(QuotaHook.class).useUp();

            assertThat(chain.submit(task(ANN, "1", "a"))).isEqualTo(first.again());
            assertThat(code(chain.submit(task(ANN, "2", "b")))).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(code(chain.submit(task(BEN, "1", "a")))).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(commits()).isEqualTo(1);
        }
    }

    /** Validates like an application whose constraints have changed since. */
    private final class Stricter implements Mutations {
        private boolean isStrict;

        @Override
        public CompletableFuture<MutationResult> submit(Mutation mutation) {
            return isStrict
                    ? CompletableFuture.completedFuture(new Refused(new Refusal(ErrorCode.INVALID, "title: too long")))
                    : writer.submit(mutation).toCompletableFuture();
        }

        @Override
        public void together(Runnable submitting) {
            writer.together(submitting);
        }
    }

    @Test
    @Tag("MUT9")
    @Tag("CW10")
    @DisplayName("[MUT9][CW10] stricter validation refuses neither a duplicate nor a batch of them")
    void stricter() {
        Stricter stricter = new Stricter();
        try (AccessChainFixture chain =
                AccessChainFixture.before(stricter, AccessPolicy.builder().build(), database)) {
            Mutation bulk = by(
                    ANN,
                    MutationFixture.in("chess")
                            .by("client", "2")
                            .bulk(
                                    MutationFixture.insertion("tasks", "b", Map.of("title", "t")),
                                    MutationFixture.updating("tasks", "never", Map.of("title", "u")),
                                    MutationFixture.updating("tasks", "a", Map.of("title", "u"))));
            MutationResult first = chain.submit(task(ANN, "1", "a"));
            MutationResult second = chain.submit(bulk);
            stricter.isStrict = true;

            assertThat(chain.submitTogether(List.of(task(ANN, "1", "a"), bulk, task(ANN, "3", "c"))))
                    .containsExactly(
                            ((Applied) first).again(),
                            ((Applied) second).again(),
                            new Refused(new Refusal(ErrorCode.INVALID, "title: too long")));
            assertThat(commits()).isEqualTo(2);
        }
    }

    @Test
    @Tag("MUT9")
    @Tag("CW10")
    @DisplayName("[MUT9][CW10] where a dialect does not compare requests, its duplicates are known by their id")
    void notCompared() {
        MutationId id = new MutationId("client", "1").withoutComparison();
        MutationFixture asked =
                new MutationFixture(MutationFixture.in("chess").room(), Optional.of(id), Optional.empty());
        try (AccessChainFixture chain =
                AccessChainFixture.before(writer, AccessPolicy.builder().build(), database)) {
            Applied first = (Applied) chain.submit(by(ANN, asked.inserts("tasks", "a", Map.of("title", "t"))));
            Applied again = (Applied) chain.submit(by(ANN, asked.inserts("tasks", "a", Map.of("title", 5L))));

            assertThat(again).isEqualTo(first.again());
        }
    }
}
