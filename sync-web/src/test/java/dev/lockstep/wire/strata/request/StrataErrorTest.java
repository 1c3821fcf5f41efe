package dev.lockstep.wire.strata.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StrataErrorTest {
    private final SyncException overloaded = new SyncException(ErrorCode.OVERLOADED, "Too many read");

    @Test
    @Tag("STR24")
    @DisplayName("[STR24] a refusal is found through any number of wrapping stages")
    void unwrapped() {
        StrataError refused = StrataError.of(new CompletionException(new CompletionException(overloaded)));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json()).isEqualTo("{\"error\":\"Too many read\"}");
        assertThat(refused.mayPass()).isTrue();
    }

    @Test
    @Tag("STR16")
    @DisplayName("[STR16] a request for many rows above the limit is refused with 429, and may be retried")
    void tooManyReaders() {
        StrataError refused = StrataError.of(new CompletionException(StrataError.tooManyReaders(overloaded)));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.mayPass()).isTrue();
    }

    @Test
    @Tag("STR1")
    @DisplayName("[STR1] unknown groups, and an unread content type, are answered in the contract's words")
    void literals() {
        StrataError noGroups = StrataError.noGroups();
        assertThat(noGroups.status() + " " + noGroups.json())
                .isEqualTo("500 {\"error\":\"Failed to resolve sync groups\"}");
        StrataError xml = StrataError.unknownType("application/xml");
        assertThat(xml.status() + " " + xml.json())
                .isEqualTo("415 {\"statusCode\":415,\"code\":\"FST_ERR_CTP_INVALID_MEDIA_TYPE\",\"error\":"
                        + "\"Unsupported Media Type\",\"message\":\"Unsupported Media Type: application/xml\"}");
    }

    @Test
    @Tag("STR1")
    @DisplayName("[STR1] a fault is written to the server's log, not to the response")
    void fault() {
        StrataError refused = StrataError.of(new IllegalStateException("select secret"));

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.json()).isEqualTo("{\"error\":\"Internal error; the server's log has the cause\"}");
        assertThat(refused.mayPass()).isFalse();
    }
}
