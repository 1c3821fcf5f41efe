package dev.lockstep.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.SyncException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final Spools spools = new Spools(4L * SpillBuffer.MEMORY_BYTES_MAX);

    private static byte[] anyBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    /** Spool files with a name, and those that this process keeps open. */
    private static List<String> files() throws IOException {
        List<Path> open = Files.isDirectory(DESCRIPTORS) ? list(DESCRIPTORS) : List.of();
        return Stream.concat(list(Path.of(System.getProperty("java.io.tmpdir"))).stream(), open.stream())
                .map(SpoolTest::target)
                .filter(name -> name.contains("lockstep-spool-"))
                .sorted()
                .toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static String target(Path path) {
        try {
            return Files.readSymbolicLink(path).toString();
        } catch (IOException e) { // not a link, or closed since the listing
            return path.toString();
        }
    }

    @Test
    @Tag("SNAP2")
    @DisplayName("[SNAP2] a spool file has no name, so that a killed server leaves nothing")
    @EnabledOnOs(OS.LINUX)
    void nameless() throws IOException {
        List<String> before = files();
        Spool spool = spools.open();
        spool.append(anyBytes(SpillBuffer.MEMORY_BYTES_MAX + 1));

        assertThat(files())
                .hasSize(before.size() + 1)
                .filteredOn(file -> !before.contains(file))
                .allMatch(file -> file.endsWith(" (deleted)"));
        spool.close();
        assertThat(files()).isEqualTo(before);
    }

    @Test
    @Tag("SNAP2")
    @DisplayName("[SNAP2] a file that got shorter is an error, not the end of the spool")
    @EnabledOnOs(OS.LINUX)
    void shorter() throws IOException {
        Spool spool = spools.open();
        spool.append(anyBytes(SpillBuffer.MEMORY_BYTES_MAX + 1));
        try (InputStream read = spool.read()) {
            read.readNBytes(10);
            for (Path descriptor : list(DESCRIPTORS)) {
                if (target(descriptor).contains("lockstep-spool-")) {
                    FileChannel.open(descriptor, StandardOpenOption.WRITE)
                            .truncate(100)
                            .close();
                }
            }

            assertThatThrownBy(read::readAllBytes).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> spool.share().read())
                    .hasMessageContaining("not all bytes of the spool are on disk");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SpillBuffer.MEMORY_BYTES_MAX + 1})
    @Tag("STR14")
    @DisplayName("[STR14] a spool is compressed as one gzip member, with a prefix and a suffix")
    void compressed(int count) throws IOException {
        List<String> before = files();
        byte[] bytes = anyBytes(count);
        Spool spool = spools.open();
        spool.append(bytes);

        Spool packed = spool.gzipped(new byte[] {1, 2}, new byte[] {3});

        try (InputStream read = packed.read();
                InputStream unpacked = new GZIPInputStream(read)) {
            byte[] all = unpacked.readAllBytes();
            assertThat(all).startsWith(1, 2).endsWith(3).hasSize(count + 3);
            assertThat(Arrays.copyOfRange(all, 2, count + 2)).isEqualTo(bytes);
        }
        assertThat(files()).isEqualTo(before);
        assertThat(spools.bytes()).isZero();
    }

    @Test
    @Tag("SNAP2")
    @DisplayName("[SNAP2] a spool that cannot be compressed for lack of memory leaves nothing")
    void noRoom() throws IOException {
        List<String> before = files();
        Spool spool = spools.open();
        spool.append(anyBytes(3 * SpillBuffer.MEMORY_BYTES_MAX));

        assertThatThrownBy(() -> spool.gzipped(new byte[0], new byte[0])).isInstanceOf(SyncException.class);

        assertThat(files()).isEqualTo(before);
        assertThat(spools.bytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                SpillBuffer.MEMORY_BYTES_MAX,
                SpillBuffer.MEMORY_BYTES_MAX + 1,
                3 * SpillBuffer.MEMORY_BYTES_MAX
            })
    @Tag("SNAP2")
    @DisplayName("[SNAP2] a spool is read back, and leaves nothing")
    void comesBack(int count) throws IOException {
        List<String> before = files();
        byte[] bytes = anyBytes(count);
        Spool spool = spools.open();
        for (int from = 0; from < count; from += 10_000) {
            spool.append(Arrays.copyOfRange(bytes, from, Math.min(count, from + 10_000)));
        }

        assertThat(spool.size()).isEqualTo(count);
        try (InputStream read = spool.read()) {
            assertThat(read.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(files()).isEqualTo(before);
        assertThat(spools.bytes()).isZero();
    }

    @Test
    @Tag("SNAP2")
    @DisplayName("[SNAP2] all spools that wait to be sent are bounded; a release frees their share")
    void bounded() throws IOException {
        Spool large = spools.open();
        large.append(anyBytes(3 * SpillBuffer.MEMORY_BYTES_MAX));
        Spool next = spools.open();
        next.append(anyBytes(SpillBuffer.MEMORY_BYTES_MAX));

        assertThatThrownBy(() -> next.append(anyBytes(1)))
                .isInstanceOf(SyncException.class)
                .hasMessageStartingWith("OVERLOADED: Too many bytes wait for slow readers");
        large.close();
        large.close();
        next.append(anyBytes(1));
        next.close();
        assertThat(spools.bytes()).isZero();
    }

    @Test
    @Tag("SNAP2")
    @DisplayName("[SNAP2] a spool that is never read is released")
    void handedTo() throws IOException {
        List<String> before = files();
        Spool large = spools.open();
        large.append(anyBytes(2 * SpillBuffer.MEMORY_BYTES_MAX));
        assertThat(large.<Long>handedTo(Spool::size)).isEqualTo(2L * SpillBuffer.MEMORY_BYTES_MAX);
        assertThat(spools.bytes()).isEqualTo(large.size());

        assertThatThrownBy(() -> large.handedTo(spool -> {
                    throw new IllegalStateException("as the test wants it");
                }))
                .hasMessage("as the test wants it");
        assertThat(spools.bytes()).isZero();
        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3 * SpillBuffer.MEMORY_BYTES_MAX})
    @Tag("SNAP6")
    @DisplayName("[SNAP6] several readers read the same bytes, which count once and are released with the last")
    void again(int count) throws IOException {
        List<String> before = files();
        byte[] bytes = anyBytes(count);
        Spool first = spools.open();
        first.append(bytes);
        Spool second = first.share();
        Spool third = second.share();

        try (InputStream read = second.read();
                InputStream beside = first.read()) {
            assertThat(read.readAllBytes()).isEqualTo(bytes);
            assertThat(beside.readAllBytes()).isEqualTo(bytes);
        }
        second.close();
        first.close();
        assertThat(spools.bytes()).isEqualTo(count);
        assertThat(third.read().readAllBytes()).isEqualTo(bytes);
        third.close();

        assertThat(spools.bytes()).isZero();
        assertThat(files()).isEqualTo(before);
    }
}
