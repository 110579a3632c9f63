package io.millrace.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all subscribers have received, counted on the one thread that receives. Latencies are kept while recording is on. */
final class Reception {
    private static final byte[] STAMP = ascii("\"message\":\"m");
    private static final byte[] DONE = ascii("\"event\":\"done\"");
    private static final byte[] END = ascii("\"event\":\"complete\"");
    private static final byte[] SOCKET_END = ascii("\"type\":\"task_complete\"");

    private final long[] latencies;
    private int recorded;
    private volatile boolean recording;
    final AtomicLong messages = new AtomicLong();
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger broken = new AtomicInteger();
    final AtomicInteger ends = new AtomicInteger();
    final AtomicInteger dones = new AtomicInteger();
    final AtomicInteger lost = new AtomicInteger();
    final AtomicInteger outOfOrder = new AtomicInteger();

    /** @param capacity messages whose latency is kept at most */
    Reception(int capacity) {
        latencies = new long[capacity];
    }

    void record(boolean on) {
        recording = on;
    }

    /** Latencies in nanoseconds, sorted; to be asked when nothing comes any more. */
    long[] latencies() {
        long[] sorted = Arrays.copyOf(latencies, recorded);
        Arrays.sort(sorted);
        return sorted;
    }

    /** One subscriber: the numbers of its messages must follow each other, whatever the first one is. */
    final class Subscriber {
        private boolean first = true;
        private long number;

        /** Takes one event. @return whether it was the end of the task */
        boolean take(byte[] event) {
            long now = System.nanoTime();
            if (first) {
                first = false;
                begun.incrementAndGet();
                int at = find(event, STAMP);
                number = at < 0 ? 1 : numberAt(event, dash(event, at) + 1);
                return false;
            }
            if (find(event, DONE) >= 0) {
                dones.incrementAndGet();
                return false;
            }
            int at = find(event, STAMP);
            if (at < 0) {
                return false;
            }
            messages.incrementAndGet();
            int dash = dash(event, at);
            if (recording && recorded < latencies.length) {
                latencies[recorded++] = now - numberAt(event, at);
            }
            long next = numberAt(event, dash + 1);
            if (next <= number) {
                outOfOrder.incrementAndGet();
            } else {
                lost.addAndGet((int) (next - number - 1));
                number = next;
            }
            boolean end = find(event, END) >= 0 || find(event, SOCKET_END) >= 0;
            if (end) {
                ends.incrementAndGet();
            }
            return end;
        }

        /** The connection has ended by itself. */
        void broke(Throwable cause) {
            if (broken.incrementAndGet() <= 3) {
                System.err.println("connection broke: " + cause);
            }
        }
    }

    private static int dash(byte[] text, int from) {
        int at = from;
        while (text[at] != '-') {
            at++;
        }
        return at;
    }

    private static long numberAt(byte[] text, int from) {
        long number = 0;
        for (int at = from; text[at] >= '0' && text[at] <= '9'; at++) {
            number = number * 10 + text[at] - '0';
        }
        return number;
    }

    /** Index behind the first occurrence, -1 when there is none. */
    private static int find(byte[] text, byte[] wanted) {
        for (int at = 0; at + wanted.length <= text.length; at++) {
            int matched = 0;
            while (matched < wanted.length && text[at + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return at + matched;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
