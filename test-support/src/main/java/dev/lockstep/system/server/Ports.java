package dev.lockstep.system.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The ports of one server: WildFly's own, all moved by one offset, so that servers can run side by side. */
record Ports(int offset) {
    /** The ports on which a WildFly of any configuration listens: http, https, ajp, management, iiop, transactions. */
    private static final List<Integer> WILDFLY = List.of(8080, 8443, 8009, 9990, 9993, 3528, 3529, 4712, 4713);

    private static final int OFFSET_MIN = 1_000;

    /** Below the ports that systems give to outgoing connections. */
    private static final int OFFSET_MAX = 22_000;

    private static final int TRIES_MAX = 200;

    static Ports free() {
        for (int tried = 0; tried < TRIES_MAX; tried++) {
            int offset = ThreadLocalRandom.current().nextInt(OFFSET_MIN, OFFSET_MAX);
            if (WILDFLY.stream().allMatch(port -> isFree(port + offset))) {
                return new Ports(offset);
            }
        }
        throw new IllegalStateException("found no free ports in " + TRIES_MAX + " tries");
    }

    int http() {
        return 8080 + offset;
    }

    int management() {
        return 9990 + offset;
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
