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
 * Proxy between a client and PostgreSQL that parses the protocol (PostgreSQL manual, chapter "Frontend/Backend
 * Protocol", version 3). On request it closes a connection at its COMMIT. Ends with the JVM.
 */
public final class CommitCutter {
    /** The position of the cut. */
    public enum Cut {
        /** The database never receives the COMMIT. */
        BEFORE_COMMIT,
        /** The COMMIT is sent when the connection is closed: it may happen, also some time after the cut. */
        AT_COMMIT,
        /** The database has answered, and the client never receives the answer. */
        BEFORE_ANSWER
    }

    private static final String COMMIT = "COMMIT";

    private final ServerSocket entrance;
    private final int databasePort;
    private final Queue<Cut> cuts = new ConcurrentLinkedQueue<>();

    /** @param databasePort the database's port on 127.0.0.1 */
    public CommitCutter(int databasePort) {
        this.databasePort = databasePort;
        try {
            entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** The port for clients. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** Requests a cut: the next COMMIT is cut, or the one after those of earlier requests. */
    public void cutNext(Cut cut) {
        cuts.add(cut);
    }

    /** Whether every requested cut has found its COMMIT. */
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
                        return; // one end is closed; the other one has been closed too
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

        /** The cut at the end of the COMMIT that is being forwarded. */
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

        /** Forwards one message; returns whether the line is still open after it. */
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
