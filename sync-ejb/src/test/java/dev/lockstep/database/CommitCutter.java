package dev.lockstep.database;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a PostgreSQL, and reads along (PostgreSQL manual, chapter "Frontend/Backend Protocol",
 * version 3). When told to, it lets a connection die at its COMMIT. Ends with the JVM.
 */
public final class CommitCutter {
    /** Where the connection dies. */
    public enum Cut {
        /** The database never sees the COMMIT. */
        BEFORE_COMMIT,
        /** The COMMIT is on its way when the connection dies: it may happen, and may still be at it afterwards. */
        AT_COMMIT,
        /** The database has answered, and nobody hears it. */
        BEFORE_ANSWER
    }

    private static final String COMMIT = "COMMIT";

    private final ServerSocket entrance;
    private final int databasePort;
    private final Queue<Cut> cuts = new ConcurrentLinkedQueue<>();

    /** @param databasePort where the database listens on 127.0.0.1 */
    public CommitCutter(int databasePort) {
        this.databasePort = databasePort;
        try {
            entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** Where clients connect. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** Orders a cut: the next COMMIT is cut, or the one after those that cuts were ordered for before. */
    public void cutNext(Cut cut) {
        cuts.add(cut);
    }

    /** Whether every cut that was ordered has found its COMMIT. */
    public boolean hasCutAll() {
        return cuts.isEmpty();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            Socket database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
            client.setTcpNoDelay(true);
            database.setTcpNoDelay(true);
            Line line = new Line(client, database);
            daemon(line::forward);
            daemon(line::backward);
        }
    }

    private static void daemon(Way way) {
        Thread thread = new Thread(
                () -> {
                    try {
                        way.run();
                    } catch (IOException ended) {
                        return; // one of the ends has gone; the other was told
                    }
                },
                "commit cutter");
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Way {
        void run() throws IOException;
    }

    /** One connection. */
    private final class Line {
        private final Socket client;
        private final Socket database;
        private volatile boolean deaf;

        /** The prepared statement that is a COMMIT, by name: the driver prepares it once for a connection. */
        private @Nullable String prepared;

        /** What is to happen at the end of the COMMIT that is being forwarded. */
        private @Nullable Cut cut;

        Line(Socket client, Socket database) {
            this.client = client;
            this.database = database;
        }

        void forward() throws IOException {
            try (client;
                    database;
                    DataInputStream from = new DataInputStream(new BufferedInputStream(client.getInputStream()));
                    DataOutputStream to = new DataOutputStream(database.getOutputStream())) {
                int startup = from.readInt();
                to.writeInt(startup);
                to.write(body(from, startup));
                while (forward(from, to)) {
                    to.flush();
                }
            }
        }

        private static byte[] body(DataInputStream from, int length) throws IOException {
            byte[] body = new byte[length - Integer.BYTES];
            from.readFully(body);
            return body;
        }

        /** One message; answers whether the line still stands after it. */
        private boolean forward(DataInputStream from, DataOutputStream to) throws IOException {
            int type = from.readByte();
            int length = from.readInt();
            byte[] body = body(from, length);
            if (cut == null && isCommit(type, body)) {
                cut = cuts.poll();
            }
            if (cut == Cut.BEFORE_COMMIT) {
                return false;
            }
            deaf |= cut != null;
            to.writeByte(type);
            to.writeInt(length);
            to.write(body);
            return cut != Cut.AT_COMMIT || type != 'S';
        }

        private boolean isCommit(int type, byte[] body) {
            String first = text(body, 0);
            return switch (type) {
                case 'Q' -> first.equals(COMMIT);
                case 'P' -> {
                    if (text(body, first.length() + 1).equals(COMMIT)) {
                        prepared = first;
                    } else if (first.equals(prepared)) {
                        prepared = null;
                    }
                    yield false;
                }
                case 'B' -> text(body, first.length() + 1).equals(prepared); // portal, then statement
                default -> false;
            };
        }

        private static String text(byte[] body, int from) {
            int end = from;
            while (end < body.length && body[end] != 0) {
                end++;
            }
            return new String(body, Math.min(from, end), end - Math.min(from, end), StandardCharsets.UTF_8);
        }

        void backward() throws IOException {
            byte[] bytes = new byte[8_192];
            try (client;
                    database;
                    InputStream from = database.getInputStream()) {
                for (int read = from.read(bytes); read >= 0 && !deaf; read = from.read(bytes)) {
                    client.getOutputStream().write(bytes, 0, read);
                }
            }
        }
    }
}
