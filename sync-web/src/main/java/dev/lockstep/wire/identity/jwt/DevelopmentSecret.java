package dev.lockstep.wire.identity.jwt;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Secret for a developer's machine, generated once, in a file that only its owner may read. */
final class DevelopmentSecret {
    static final String FILE = "development-jwt-secret";

    private static final int BYTES = 32;

    private DevelopmentSecret() {}

    /** The secret in a folder; generated if it is missing. Applications that start at the same time read the same one. */
    static String in(Path folder, RandomGenerator random) throws IOException {
        Path file = folder.resolve(FILE);
        Files.createDirectories(folder);
        if (!Files.exists(file)) {
            make(folder, file, random);
        }
        return Files.readString(file).strip();
    }

    /** Creates the file atomically with its content. If another process created it first, that file stays. */
    private static void make(Path folder, Path file, RandomGenerator random) throws IOException {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        Path whole = Files.createTempFile(folder, FILE, ".new", ownersOnly());
        try {
            Files.writeString(whole, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            link(file, whole);
        } catch (FileAlreadyExistsException concurrent) {
            return; // the existing file is used
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static void link(Path file, Path whole) throws IOException {
        try {
            Files.createLink(file, whole);
        } catch (UnsupportedOperationException noLinks) {
            Files.move(whole, file);
        }
    }

    private static FileAttribute<?>[] ownersOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
