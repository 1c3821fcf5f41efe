package dev.lockstep.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RightsCheckFailuresTest {
    @Test
    @Tag("ACC19")
    @DisplayName("[ACC19] a refusal is permanent; an unreachable database or a fault is not")
    void forGood() {
        SyncException refused = new SyncException(Refusal.forbidden("Forbidden"));
        SyncException away = new SyncException(ErrorCode.UNAVAILABLE, "The database did not respond in time");

        assertThat(RightsCheckFailures.isPermanent(refused)).isTrue();
        assertThat(RightsCheckFailures.isPermanent(new CompletionException(refused)))
                .isTrue();
        assertThat(RightsCheckFailures.isPermanent(new CompletionException(away)))
                .isFalse();
        assertThat(RightsCheckFailures.isPermanent(new IllegalStateException("as the test wants it")))
                .isFalse();
    }
}
