package dev.lockstep.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.trace.RecordedLog;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RenamedSettingsTest {
    private final RecordedLog log = new RecordedLog(RenamedSettings.class);

    @AfterEach
    void stop() {
        log.close();
    }

    private static Config config(Map<String, String> values) {
        return (Config) Proxy.newProxyInstance(
                RenamedSettingsTest.class.getClassLoader(),
                new Class<?>[] {Config.class},
                (self, method, arguments) -> Optional.ofNullable(values.get(arguments[0])));
    }

    private static Optional<String> find(Map<String, String> values, String name) {
        return RenamedSettings.find(config(values), name, String.class);
    }

    @Test
    @Tag("OPS12")
    @DisplayName("[OPS12] a former name counts, with one warning that names the present one")
    void formerName() {
        Map<String, String> values = Map.of("lockstep.socket.pace", "PT0.05S");

        assertThat(find(values, "lockstep.socket.write-coalescing")).contains("PT0.05S");
        assertThat(find(values, "lockstep.socket.write-coalescing")).contains("PT0.05S");
        assertThat(log.lines())
                .containsExactly("The setting lockstep.socket.pace has a new name: lockstep.socket.write-coalescing"
                        + " (LOCKSTEP_SOCKET_WRITE_COALESCING). Rename it.");
    }

    @Test
    @Tag("OPS12")
    @DisplayName("[OPS12] every renamed setting is found by its former name")
    void everyFormerName() {
        assertThat(find(Map.of("lockstep.socket.ping-every", "a"), "lockstep.socket.ping-interval"))
                .contains("a");
        assertThat(find(Map.of("lockstep.socket.silence-max", "b"), "lockstep.socket.idle-timeout"))
                .contains("b");
        assertThat(find(Map.of("lockstep.socket.stall-max", "c"), "lockstep.socket.write-timeout"))
                .contains("c");
    }

    @Test
    @Tag("OPS12")
    @DisplayName("[OPS12] the present name has precedence, and its use logs nothing")
    void presentName() {
        assertThat(find(
                        Map.of("lockstep.socket.idle-timeout", "PT1M", "lockstep.socket.silence-max", "PT2M"),
                        "lockstep.socket.idle-timeout"))
                .contains("PT1M");
        assertThat(find(Map.of(), "lockstep.socket.idle-timeout")).isEmpty();
        assertThat(find(Map.of(), "lockstep.socket.writer")).isEmpty();
        assertThat(log.lines()).isEmpty();
    }
}
