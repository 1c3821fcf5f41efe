package dev.lockstep.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ParameterPaddingTest {
    private static int length(int values) {
        return ParameterPadding.list(IntStream.range(0, values).boxed().toList())
                .size();
    }

    @Test
    @Tag("MUT17")
    @DisplayName("[MUT17] parameter lists have few lengths, and no additional values")
    void lengths() {
        assertThat(IntStream.of(0, 1, 2, 3, 4, 5, 8, 9, 500)
                        .map(ParameterPaddingTest::length)
                        .boxed())
                .containsExactly(0, 1, 2, 4, 4, 8, 8, 16, 512);
        assertThat(ParameterPadding.list(List.of("a", "b", "c"))).containsExactly("a", "b", "c", "c");
    }
}
