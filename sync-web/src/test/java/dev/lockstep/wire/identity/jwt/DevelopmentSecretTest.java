package dev.lockstep.wire.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentSecretTest {
    private static final int ROUNDS = 200;
    private static final int APPLICATIONS = 8;

    @Test
    @Tag("ID13")
    @DisplayName("[ID13] applications that start at the same time share one complete secret")
    void startedTogether(@TempDir Path folder) throws Exception {
        try (ExecutorService starting = Executors.newFixedThreadPool(APPLICATIONS)) {
            for (int round = 0; round < ROUNDS; round++) {
                Path data = folder.resolve("data-" + round);
                List<Future<String>> secrets = IntStream.range(0, APPLICATIONS)
                        .mapToObj(seed -> starting.submit(() -> DevelopmentSecret.in(data, new Random(seed))))
                        .toList();
                Set<String> different = new HashSet<>();
                for (Future<String> secret : secrets) {
                    different.add(secret.get());
                }
                assertThat(different)
                        .hasSize(1)
                        .allSatisfy(secret -> assertThat(secret).hasSize(43));
                assertThat(filesIn(data)).containsExactly(DevelopmentSecret.FILE);
            }
        }
    }

    @Test
    @Tag("ID13")
    @DisplayName("[ID13] the secret is generated once")
    void madeOnce(@TempDir Path folder) throws IOException {
        String secret = DevelopmentSecret.in(folder, new Random(1));

        assertThat(DevelopmentSecret.in(folder, new Random(2))).isEqualTo(secret);
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
