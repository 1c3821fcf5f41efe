package dev.lockstep.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RefusalJsonTest {
    @Test
    @Tag("CFS2")
    @Tag("CC3")
    @DisplayName("[CFS2][CC3] a refusal has a sentence, a stable code, and issues with the paths of their fields")
    void json() {
        Refusal refusal = new Refusal(
                ErrorCode.INVALID,
                "two faults",
                List.of(new Issue("title", "empty"), new Issue("12.due", "late"), new Issue("items.1.id", "none")));

        assertThat(RefusalJson.of(refusal))
                .isEqualTo("{\"error\":{\"message\":\"two faults\",\"code\":\"VALIDATION_ERROR\",\"issues\":["
                        + "{\"message\":\"empty\",\"path\":[\"title\"]},"
                        + "{\"message\":\"late\",\"path\":[\"12\",\"due\"]},"
                        + "{\"message\":\"none\",\"path\":[\"items\",\"1\",\"id\"]}]}}");
    }

    @Test
    @Tag("CC3")
    @DisplayName("[CC3] a dot in a field's name does not split its path")
    void dottedNames() {
        assertThat(RefusalJson.of(new Refusal(ErrorCode.INVALID, "x", List.of(new Issue("3.address.city", "empty")))))
                .contains("\"path\":[\"3\",\"address.city\"]");
    }

    @Test
    @Tag("CFS2")
    @Tag("CC3")
    @DisplayName("[CFS2][CC3] each code is sent under its own name, except that of the clients' own validation")
    void codes() {
        assertThat(Arrays.stream(ErrorCode.values()).map(RefusalJson::code))
                .doesNotHaveDuplicates()
                .contains("VALIDATION_ERROR", "FORBIDDEN", "IN_USE", "REUSED", "NOT_FOUND", "UNAVAILABLE");
    }
}
