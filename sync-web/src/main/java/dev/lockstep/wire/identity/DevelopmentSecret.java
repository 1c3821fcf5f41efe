package dev.lockstep.wire.identity;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** A secret for a developer's machine, made once, in a file that only its owner may read. */
final class DevelopmentSecret {
    static final String FILE = "development-jwt-secret";

    private static final int BYTES = 32;

    private DevelopmentSecret() {}

    /** The secret in a folder; made, if there is none. */
    static String in(Path folder, RandomGenerator random) throws IOException {
        Path file = folder.resolve(FILE);
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        try {
            Files.createDirectories(folder);
            Files.createFile(file, ownersOnly());
            Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        } catch (FileAlreadyExistsException madeBefore) {
            return Files.readString(file).strip();
        }
        return Files.readString(file).strip();
    }

    private static FileAttribute<?>[] ownersOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
