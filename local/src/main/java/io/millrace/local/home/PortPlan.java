package io.millrace.local.home;

import io.millrace.local.Room;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/**
 * The ports of a stack, all on 127.0.0.1 and counted from one base, so that two stacks need two bases and nothing else.
 *
 * @param base 1024 to 65500
 */
public record PortPlan(int base) {
    public static final int DEFAULT_BASE = 7400;
    private static final int SIZE = 9;
    private static final int FIRST = 1024;
    private static final int LAST = 65_500;
    /** Below the range from which Linux takes ports of outgoing connections. */
    private static final int SEARCH_FROM = 20_000;

    private static final int SEARCH_TO = 32_000;

    /**
     * @param number the TCP port
     * @param purpose as a person would call it
     * @param room who listens on it
     */
    public record Port(int number, String purpose, Room room) {}

    public PortPlan {
        if (base < FIRST || base > LAST) {
            throw new IllegalArgumentException(
                    "MILLRACE_PORT_BASE must be from " + FIRST + " to " + LAST + ", not " + base);
        }
    }

    public int edge() {
        return base;
    }

    public int rsocket() {
        return base + 1;
    }

    public int kafka() {
        return base + 2;
    }

    public int controller() {
        return base + 3;
    }

    public int mysql() {
        return base + 4;
    }

    public int inference() {
        return base + 5;
    }

    public int flinkRest() {
        return base + 6;
    }

    public int jobManagerRpc() {
        return base + 7;
    }

    public int blob() {
        return base + 8;
    }

    /** All of them, by number. The TaskManager takes ports the system gives it. */
    public List<Port> all() {
        return List.of(
                new Port(edge(), "edge HTTP", Room.EDGE),
                new Port(rsocket(), "RSocket", Room.EDGE),
                new Port(kafka(), "Kafka", Room.BROKER),
                new Port(controller(), "Kafka controller", Room.BROKER),
                new Port(mysql(), "MySQL", Room.DATABASE),
                new Port(inference(), "inference", Room.INFERENCE),
                new Port(flinkRest(), "Flink REST", Room.JOBMANAGER),
                new Port(jobManagerRpc(), "JobManager RPC", Room.JOBMANAGER),
                new Port(blob(), "Flink blobs", Room.JOBMANAGER));
    }

    /** The ports of one room. */
    public List<Integer> of(Room room) {
        return all().stream()
                .filter(port -> port.room() == room)
                .map(Port::number)
                .toList();
    }

    /** Whether somebody listens on the port of 127.0.0.1. */
    public static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException taken) {
            return true;
        }
    }

    /**
     * A plan none of whose ports was taken a moment ago, for tests that run beside others.
     *
     * @throws UncheckedIOException when there is none
     */
    public static PortPlan free() {
        int offset = Math.floorMod(ProcessHandle.current().pid() * 31, SEARCH_TO - SEARCH_FROM);
        for (int tried = 0; tried < SEARCH_TO - SEARCH_FROM; tried += SIZE + 1) {
            PortPlan plan = new PortPlan(SEARCH_FROM + (offset + tried) % (SEARCH_TO - SEARCH_FROM));
            if (plan.all().stream().noneMatch(port -> isTaken(port.number()))) {
                return plan;
            }
        }
        throw new UncheckedIOException(new IOException("no " + SIZE + " free ports in a row on 127.0.0.1"));
    }
}
