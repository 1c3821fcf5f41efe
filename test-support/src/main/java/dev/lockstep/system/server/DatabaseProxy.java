package dev.lockstep.system.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Proxy between a server and PostgreSQL (PostgreSQL manual, chapter "Frontend/Backend Protocol", version 3). After a chosen
 * number of round trips the database is away: all connections end, and new ones are refused until {@link #restore}.
 * Thread-safe.
 */
public final class DatabaseProxy implements AutoCloseable {
    /** The position of the outage in a round trip. */
    public enum Cut {
        /** The database does not receive the request. */
        BEFORE_REQUEST,
        /** The database has executed the request, and the server does not receive the response. */
        BEFORE_RESPONSE
    }

    /** The codes of requests for encryption, which precede the startup message of a connection. */
    private static final Set<Integer> ENCRYPTION = Set.of(80_877_103, 80_877_104);

    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    // Guarded by this.
    private int databasePort;
    private long left = Long.MAX_VALUE;
    private Cut cut = Cut.BEFORE_REQUEST;
    private boolean away;
    private int outage;
    private long roundTrips;

    /** A proxy that listens on a free port of 127.0.0.1. */
    public DatabaseProxy() {
        try {
            entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
    }

    /** Forwards to this port of 127.0.0.1 from now on. */
    public synchronized DatabaseProxy to(int port) {
        databasePort = port;
        return this;
    }

    /** The port for clients. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** The round trips so far. */
    public synchronized long roundTrips() {
        return roundTrips;
    }

    /** Begins an outage after this many more round trips of all connections together. */
    public synchronized void cutAfter(long roundTrips, Cut position) {
        left = roundTrips;
        cut = position;
        outage++;
    }

    /** Whether the outage has begun. If not, it will not begin any more. */
    public synchronized boolean disarm() {
        left = Long.MAX_VALUE;
        outage++;
        return away;
    }

    /** The database is reachable again. */
    public synchronized void restore() {
        left = Long.MAX_VALUE;
        away = false;
    }

    @Override
    public void close() {
        try {
            entrance.close();
            end(outage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            client.setTcpNoDelay(true);
            connect(client);
        }
    }

    private synchronized void connect(Socket client) throws IOException {
        if (away) {
            client.close();
            return;
        }
        try {
            Socket database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
            database.setTcpNoDelay(true);
            open.add(client);
            open.add(database);
            Line line = new Line(client, database);
            run(line::forward);
            run(line::backward);
        } catch (IOException refused) {
            client.close();
        }
    }

    /** Counts a round trip before it begins; returns whether the outage begins with it. */
    private synchronized boolean isCut() {
        roundTrips++;
        if (left == Long.MAX_VALUE || away) {
            return false;
        }
        return --left < 0;
    }

    private synchronized Cut position() {
        return cut;
    }

    private synchronized int outage() {
        return outage;
    }

    /** Ends all connections, if this outage is still wanted. */
    private void end(int wanted) throws IOException {
        synchronized (this) {
            if (wanted != outage) {
                return;
            }
            away = true;
            left = Long.MAX_VALUE;
        }
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    private interface Way {
        void run() throws IOException;
    }

    private static void run(Way way) {
        Thread.ofPlatform().daemon().name("database proxy").start(() -> {
            try {
                way.run();
            } catch (IOException ended) {
                return; // one end is closed; the other one has been closed too
            }
        });
    }

    /** One connection. */
    private final class Line {
        private final Socket client;
        private final Socket database;

        /** The outage that begins with the next response; 0 if none does. */
        private volatile int losesResponse;

        Line(Socket client, Socket database) {
            this.client = client;
            this.database = database;
        }

        void forward() throws IOException {
            try (client;
                    database;
                    DataInputStream from = new DataInputStream(new BufferedInputStream(client.getInputStream()));
                    DataOutputStream to = new DataOutputStream(database.getOutputStream())) {
                int code;
                do {
                    byte[] startup = message(from);
                    code = new DataInputStream(new ByteArrayInputStream(startup)).readInt();
                    to.writeInt(startup.length + Integer.BYTES);
                    to.write(startup);
                } while (ENCRYPTION.contains(code));
                while (true) {
                    forward(from, to);
                }
            } catch (EOFException closed) {
                return;
            } finally {
                open.remove(client);
                open.remove(database);
            }
        }

        private static byte[] message(DataInputStream from) throws IOException {
            byte[] body = new byte[from.readInt() - Integer.BYTES];
            from.readFully(body);
            return body;
        }

        /** Forwards a message. A query and a synchronization each make the database respond. */
        private void forward(DataInputStream from, DataOutputStream to) throws IOException {
            int type = from.readByte();
            byte[] body = message(from);
            if ((type == 'Q' || type == 'S') && isCut()) {
                if (position() == Cut.BEFORE_REQUEST) {
                    end(outage());
                    throw new EOFException("the outage begins");
                }
                losesResponse = outage();
            }
            to.writeByte(type);
            to.writeInt(body.length + Integer.BYTES);
            to.write(body);
        }

        void backward() throws IOException {
            byte[] bytes = new byte[65_536];
            try (client;
                    database;
                    InputStream from = database.getInputStream()) {
                for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
                    if (losesResponse > 0) {
                        end(losesResponse);
                        return;
                    }
                    client.getOutputStream().write(bytes, 0, read);
                }
            }
        }
    }
}
