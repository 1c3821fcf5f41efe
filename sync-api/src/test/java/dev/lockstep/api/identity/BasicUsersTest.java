package dev.lockstep.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BasicUsersTest {
    private final BasicUsers users = BasicUsers.listed(List.of(
            new BasicUsers.User("alice", "wonderland", Map.of("role", "reader")),
            new BasicUsers.User("bob", "wonderland2", Map.of())));

    @Test
    @Tag("ID4")
    @DisplayName("[ID4] a listed user is known by name and password, both exactly")
    void listed() {
        assertThat(users.claims("alice", "wonderland")).contains(Map.of("role", "reader"));
        assertThat(users.claims("bob", "wonderland2")).contains(Map.of());
        assertThat(users.claims("alice", "wonderland2")).isEmpty();
        assertThat(users.claims("alice", "wonderlan")).isEmpty();
        assertThat(users.claims("Alice", "wonderland")).isEmpty();
        assertThat(users.claims("mallory", "")).isEmpty();
    }

    @Test
    @Tag("ID12")
    @DisplayName("[ID12] a listed user's text is the name alone")
    void silent() {
        assertThat(new BasicUsers.User("alice", "wonderland", Map.of())).hasToString("alice");
    }
}
