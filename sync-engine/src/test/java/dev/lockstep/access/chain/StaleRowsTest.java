package dev.lockstep.access.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Row;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.mutation.MutationFixture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StaleRowsTest {
    private static final AccessPolicy OAK_ONLY = AccessPolicy.builder()
            .readFilter("tasks", (access, row) -> "oak".equals(row.get("title")))
            .build();

    /** Refuses each update as stale; the title of the current row is its id. */
    private static final class Refusing implements Mutations {
        @Override
        public CompletionStage<MutationResult> submit(Mutation mutation) {
            return CompletableFuture.completedStage(new MutationResult.Refused(new Refusal(
                    ErrorCode.STALE, "The record has changed", List.of(), Optional.of(current(idOf(mutation))))));
        }

        private static String idOf(Mutation mutation) {
            return ((Change.Update) mutation.changes().getFirst()).id().value();
        }

        @Override
        public void together(Runnable submitting) {
            submitting.run();
        }
    }

    private static Row current(String id) {
        return new Row(
                new CollectionName("tasks"), new EntityId(id), "{\"id\":\"" + id + "\",\"title\":\"" + id + "\"}");
    }

    private static Refusal refusal(AccessChainFixture chain, String id) {
        return chain.refusal(MutationFixture.in("p1").updates("tasks", id, Map.of("title", "mine")))
                .orElseThrow();
    }

    @Test
    @Tag("ACC16")
    @Tag("COL28")
    @Tag("CW3")
    @DisplayName("[ACC16][COL28][CW3] a stale update is refused without the current row if the author may not read it")
    void hidden() {
        try (AccessChainFixture chain = AccessChainFixture.before(new Refusing(), OAK_ONLY, TestDatabase.h2())) {
            assertThat(refusal(chain, "oak").current()).contains(current("oak"));

            Refusal hidden = refusal(chain, "secret");
            assertThat(hidden.code()).isEqualTo(ErrorCode.STALE);
            assertThat(hidden.current()).isEmpty();
        }
    }
}
