package dev.lockstep.wire.identity.jwt;

import dev.lockstep.collection.Misconfiguration;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** File with secrets of HS256, one a line: {@code lockstep.jwt.secrets.location}. */
final class SecretsFile {
    static final String LOCATION = "lockstep.jwt.secrets.location";

    /** Largest file, in bytes. A larger one is refused. */
    static final int BYTES_MAX = 64 * 1024;

    private final Path file;

    /** @param location a path, or a {@code file:} address */
    SecretsFile(String location) {
        file = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
    }

    /** @throws IOException if the file cannot be read, is too large, has no secret, or has one that is too short */
    List<VerificationKey> read() throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            throw new IOException(file + " is larger than " + BYTES_MAX + " bytes");
        }
        List<String> secrets = Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (secrets.isEmpty()) {
            throw new IOException(file + " holds no secret");
        }
        try {
            JwtSettings.requireLength(LOCATION, secrets);
        } catch (Misconfiguration tooShort) {
            throw new IOException(tooShort.getMessage(), tooShort);
        }
        return secrets.stream().map(VerificationKey::secret).toList();
    }
}
