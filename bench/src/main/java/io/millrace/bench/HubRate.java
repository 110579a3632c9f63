package io.millrace.bench;

import io.millrace.local.client.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;

/**
 * Many subscribers of the live hub, each of a task of its own, in each transport in turn: from the publishing of a step to its arrival,
 * losses, order, ends; memory of a subscriber and processor time of a message. The edge, its hub fed by hand, is one process, all
 * subscribers are another (this one), everything on loopback.
 *
 * <p>Arguments, all optional: {@code rsocket|rsocket_websocket|sse|websocket|all SUBSCRIBERS EVENTS_A_SECOND SECONDS [JVM OPTION...]}; without them {@code all
 * 10000 5000 30}. Wants {@code BENCH_HEAP=1g}.
 */
public final class HubRate {
    private static final String SECRET = "a secret of this measurement only: 0123456789";
    private static final List<String> JVM = List.of("-Xmx768m", "-XX:+UseG1GC");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CONNECTING = 64;
    private static final int WARM_UP_SECONDS = 30;
    private static final int BEFORE_CONNECTING_SECONDS = 5;

    private final int subscribers;
    private final int rate;
    private final int seconds;

    private HubRate(int subscribers, int rate, int seconds) {
        this.subscribers = subscribers;
        this.rate = rate;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        if (Runtime.getRuntime().maxMemory() < 700L << 20) {
            System.err.println("HubRate: the subscribers need memory; run it as BENCH_HEAP=1g bench/run HubRate");
            System.exit(2);
        }
        List<String> given = Arrays.stream(args)
                .filter(argument -> !argument.startsWith("-"))
                .toList();
        List<String> jvm = new ArrayList<>(JVM);
        jvm.addAll(
                Arrays.stream(args).filter(argument -> argument.startsWith("-")).toList());
        String which = given.isEmpty() ? "all" : given.get(0).toUpperCase(Locale.ROOT);
        HubRate measurement = new HubRate(number(given, 1, 10_000), number(given, 2, 5_000), number(given, 3, 30));
        for (HubClients.Transport transport : HubClients.Transport.values()) {
            if (which.equals("ALL") || which.equals(transport.name())) {
                measurement.run(transport, jvm);
            }
        }
        System.exit(0);
    }

    private static int number(List<String> given, int at, int otherwise) {
        return given.size() > at ? Integer.parseInt(given.get(at)) : otherwise;
    }

    private void run(HubClients.Transport transport, List<String> jvm) throws IOException, InterruptedException {
        try (HubProcess hub = HubProcess.start(subscribers, SECRET, jvm)) {
            hub.ask("publish " + rate + " " + BEFORE_CONNECTING_SECONDS);
            long[] without = hub.ask("heap");
            Reception reception = new Reception(rate * seconds);
            long connecting = System.nanoTime();
            HubClients clients = new HubClients(hub);
            connect(clients, transport, reception);
            double connected = (System.nanoTime() - connecting) / 1e9;
            long[] idle = hub.ask("heap");
            hub.ask("publish " + rate + " " + WARM_UP_SECONDS);
            await("the end of the warm-up", quiet(reception));

            reception.messages.set(0);
            reception.record(true);
            double cpu = hub.cpuSeconds();
            long[] stretch = hub.ask("publish " + rate + " " + seconds);
            await("the last step", () -> reception.messages.get() >= stretch[0]);
            reception.record(false);
            double used = hub.cpuSeconds() - cpu;
            long received = reception.messages.get();
            long[] busy = hub.ask("heap");
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            clients.close();
            await("the end of the subscriptions", () -> open(hub) == 0);
            long[] gone = hub.ask("heap");

            Reception ends = new Reception(0);
            connect(clients, transport, ends);
            hub.ask("end " + rate);
            await("the ends", () -> ends.ends.get() >= subscribers);

            long[] latencies = reception.latencies();
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d subscribers in %.1f s (%d broke), %d/s for %d s, load %.1f%n",
                    transport.name().toLowerCase(Locale.ROOT),
                    reception.begun.get(),
                    connected,
                    reception.broken.get(),
                    rate,
                    seconds,
                    load);
            System.out.printf(
                    Locale.ROOT,
                    "  published %d (latest %.1f ms behind its time), received %d, lost %d, out of order %d, ends %d, done %d%n",
                    stretch[0],
                    stretch[2] / 1e6,
                    received,
                    reception.lost.get(),
                    reception.outOfOrder.get(),
                    ends.ends.get(),
                    ends.dones.get());
            System.out.printf(
                    Locale.ROOT,
                    "  publish to receive ms: p50 %.2f, p90 %.2f, p99 %.2f, p99.9 %.2f, max %.1f%n",
                    at(latencies, 0.5),
                    at(latencies, 0.9),
                    at(latencies, 0.99),
                    at(latencies, 0.999),
                    at(latencies, 1));
            System.out.printf(
                    Locale.ROOT,
                    "  a subscriber: heap %.1f KB idle, %.1f KB after the traffic; rss %.1f KB;"
                            + " CPU us a message: %.0f in all, %.0f of them the publisher%n",
                    each(idle[0] - without[0]),
                    each(busy[0] - gone[0]),
                    each(busy[1] - without[1]),
                    used * 1e6 / received,
                    stretch[1] / 1e3 / stretch[0]);
        }
    }

    private static long open(HubProcess hub) {
        try {
            return hub.ask("subscribers")[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens all subscriptions and waits for the first event of each. */
    private void connect(HubClients clients, HubClients.Transport transport, Reception reception)
            throws InterruptedException {
        Tokens tokens = new Tokens(SECRET);
        Flux.range(0, subscribers)
                .flatMap(
                        task -> {
                            HubClients.Wish wish = new HubClients.Wish(
                                    tokens.issue("user-" + task, "user"),
                                    String.format(Locale.ROOT, "task_01a20000-0000-7000-8000-%012x", task));
                            Reception.Subscriber subscriber = reception.new Subscriber();
                            return clients.open(transport, wish, subscriber).onErrorComplete();
                        },
                        CONNECTING)
                .blockLast(PATIENCE);
        await("subscriptions", () -> reception.begun.get() + reception.broken.get() >= subscribers);
    }

    /** Whether nothing has come for a while, asked again and again. */
    private static BooleanSupplier quiet(Reception reception) {
        long[] last = {-1, System.nanoTime()};
        return () -> {
            long now = reception.messages.get();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return System.nanoTime() - last[1] > 500_000_000L;
        };
    }

    /** Waits for a condition as long as is reasonable, and goes on: what is missing is printed. */
    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                System.err.println("HubRate: " + what + " did not come within a minute");
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private double each(long bytes) {
        return bytes / 1000.0 / subscribers;
    }

    private static double at(long[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, part * sorted.length)] / 1e6;
    }
}
