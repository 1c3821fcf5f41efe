package dev.lockstep.log;

import dev.lockstep.api.Seq;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * The highest head that this node has seen, in a file outside the database, which a restored backup does not contain. If it
 * cannot be written, this node does not detect a restore. Used by one thread at a time.
 */
final class HighWaterMarkFile {
    static final String FILE = "lockstep-head-seen";

    /** Most difference between a file's time and the recorded time of its writing. A larger one indicates a copy. */
    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(10);

    private static final Pattern CONTENT = Pattern.compile("([0-9]{1,18}) ([0-9]{1,18})\\s*");

    private static final Logger LOG = System.getLogger(HighWaterMarkFile.class.getName());

    private final Optional<Path> folder;
    private final InstantSource clock;
    private Seq kept = Seq.START;
    private boolean failed;

    /** @param folder the folder of the file; empty if there is none */
    HighWaterMarkFile(Optional<Path> folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** The file in the data folder of the server. */
    static HighWaterMarkFile of(Config config, InstantSource clock) {
        Optional<Path> folder = config.getOptionalValue("lockstep.data.dir", String.class)
                .or(() -> config.getOptionalValue("jboss.server.data.dir", String.class))
                .map(Path::of);
        return new HighWaterMarkFile(folder, clock);
    }

    /**
     * The content of a file.
     *
     * @param isCopied whether the file was copied since it was written
     */
    record Content(Seq head, boolean isCopied) {
        static final Content NOTHING = new Content(Seq.START, false);
    }

    /** The content of the file; empty if there is none, or it cannot be read. */
    Content read() {
        try {
            Optional<Path> file = folder.map(in -> in.resolve(FILE)).filter(Files::isRegularFile);
            if (file.isEmpty()) {
                return Content.NOTHING;
            }
            Matcher content = CONTENT.matcher(Files.readString(file.get()));
            if (!content.matches()) {
                return Content.NOTHING;
            }
            Instant written = Instant.ofEpochMilli(Long.parseLong(content.group(2)));
            Instant changed = Files.getLastModifiedTime(file.get()).toInstant();
            boolean isCopied = Duration.between(written, changed).abs().compareTo(WRITTEN_WITHIN) > 0;
            return new Content(new Seq(Long.parseLong(content.group(1))), isCopied);
        } catch (IOException | RuntimeException e) {
            failed(e);
            return Content.NOTHING;
        }
    }

    /** Writes a head, if it has changed. */
    void write(Seq head) {
        if (folder.isEmpty() || head.equals(kept)) {
            return;
        }
        kept = head;
        try {
            Files.createDirectories(folder.get());
            // Atomically; nodes may share the folder.
            Path next =
                    folder.get().resolve(FILE + "." + ProcessHandle.current().pid());
            Files.writeString(next, head + " " + clock.millis() + "\n");
            Files.move(next, folder.get().resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
            failed = false;
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Exception cause) {
        if (!failed) {
            LOG.log(
                    Level.WARNING,
                    "The head cannot be written to " + FILE + ": a restored database is not detected by it",
                    cause);
        }
        failed = true;
    }
}
