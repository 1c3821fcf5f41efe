package dev.lockstep.collection.registry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collection.Misconfiguration;
import java.util.List;

/** Messages of entities with mapping errors. */
final class Misconfigurations {
    private Misconfigurations() {}

    static void assertWrong(Class<?> entity, String sentence) {
        assertThatThrownBy(() -> CollectionModelReader.read(entity, List.of(entity)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessage(entity.getName() + " " + sentence);
    }
}
