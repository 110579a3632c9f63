package io.millrace.inference.crawl.fetch;

import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Fetches one address after the other for one task; not to be shared between threads. */
public final class Fetcher {
    private static final int MAX_REDIRECTS = 4;
    private static final int MAX_ROBOTS = 512 * 1024;
    private static final Duration LOOK = Duration.ofMillis(200);

    private final HttpClient client;
    private final Manners manners;
    private final Addresses addresses;
    private final PhaseContext context;
    private final Map<String, Robots> robots = new HashMap<>();
    private final Map<String, Long> nextNanos = new HashMap<>();

    /** @param context asked between requests whether anybody still wants the answer */
    public Fetcher(HttpClient client, Manners manners, PhaseContext context) {
        this.client = client;
        this.manners = manners;
        this.addresses = new Addresses(manners.allowed());
        this.context = context;
    }

    /**
     * Fetches an address.
     *
     * @param types beginnings of the media types that are taken, e.g. {@code image/}
     * @throws NotFetched when robots.txt, the address, the answer or its type or size forbid it
     * @throws PhaseFailure when the task is not wanted any more
     */
    public Fetched fetch(URI uri, Set<String> types) throws NotFetched, PhaseFailure {
        URI at = uri;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            addresses.require(at);
            if (!robots(at).allows(target(at))) {
                throw new NotFetched(at, "is closed to robots");
            }
            HttpResponse<byte[]> answer = send(at, robots(at).delay(), manners.maxBytes(), types);
            int status = answer.statusCode();
            Optional<String> location = answer.headers().firstValue("location");
            if (status >= 300 && status < 400 && location.isPresent()) {
                at = resolved(at, location.get());
                continue;
            }
            if (status != 200) {
                throw new NotFetched(at, "was answered " + status);
            }
            String type = type(answer.headers());
            if (!taken(type, types)) {
                throw new NotFetched(at, "is of type " + type + ", which is not taken");
            }
            return Fetched.of(at, type, answer.body());
        }
        throw new NotFetched(uri, "redirects more than " + MAX_REDIRECTS + " times");
    }

    private static URI resolved(URI from, String location) throws NotFetched {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new NotFetched(from, "redirects to no address");
        }
    }

    private static String type(HttpHeaders headers) {
        return headers.firstValue("content-type").orElse("application/octet-stream");
    }

    private static boolean taken(String type, Set<String> types) {
        return types.stream().anyMatch(type.toLowerCase(Locale.ROOT)::startsWith);
    }

    private static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** Missing rules allow all; a server that fails to say is left alone, as RFC 9309 asks. */
    private Robots robots(URI uri) throws PhaseFailure {
        String site = uri.getScheme() + "://" + uri.getRawAuthority();
        Robots known = robots.get(site);
        if (known != null) {
            return known;
        }
        Robots read = Robots.CLOSED;
        URI address = URI.create(site + "/robots.txt");
        try {
            HttpResponse<byte[]> answer = send(address, Duration.ZERO, MAX_ROBOTS, Set.of(""));
            if (answer.statusCode() == 200) {
                read = Robots.parse(
                        Fetched.of(address, "text/plain", answer.body()).text(), name());
            } else if (answer.statusCode() < 500) {
                read = Robots.OPEN;
            }
        } catch (NotFetched e) {
            context.log("warn", address + " cannot be read, so the site is left alone: " + e.getMessage());
        }
        robots.put(site, read);
        return read;
    }

    private String name() {
        return manners.agent().split("/", -1)[0].toLowerCase(Locale.ROOT);
    }

    /** Only a body that is wanted is read; all of it must have come within the deadline. */
    private HttpResponse<byte[]> send(URI uri, Duration delay, int max, Set<String> types)
            throws NotFetched, PhaseFailure {
        await(uri, delay);
        @Nullable CompletableFuture<HttpResponse<byte[]>> answer = null;
        try {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("User-Agent", manners.agent())
                    .header("Accept-Encoding", "identity")
                    .GET()
                    .build();
            answer = client.sendAsync(
                    request,
                    head -> head.statusCode() == 200 && taken(type(head.headers()), types)
                            ? new BoundedBody(max)
                            : new NoBody());
            return answer.get(manners.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new NotFetched(uri, "cannot be fetched: " + reason(e));
        } catch (IllegalArgumentException e) {
            throw new NotFetched(uri, "is no address: " + e.getMessage());
        } catch (TimeoutException e) {
            hangUp(answer);
            throw new NotFetched(
                    uri, "did not come within " + manners.deadline().toSeconds() + " s");
        } catch (InterruptedException e) {
            hangUp(answer);
            Thread.currentThread().interrupt();
            context.checkWanted();
            throw new NotFetched(uri, "was given up");
        }
    }

    private static void hangUp(@Nullable CompletableFuture<?> answer) {
        if (answer != null) {
            answer.cancel(true);
        }
    }

    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
    }

    private void await(URI uri, Duration delay) throws PhaseFailure, NotFetched {
        String host = String.valueOf(uri.getRawAuthority());
        long pause = Math.max(manners.pause().toNanos(), delay.toNanos());
        try {
            for (long left = left(host); left > 0; left = left(host)) {
                context.checkWanted();
                Thread.sleep(Math.min(LOOK.toMillis(), left / 1_000_000 + 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.checkWanted();
            throw new NotFetched(uri, "was given up");
        }
        context.checkWanted();
        nextNanos.put(host, System.nanoTime() + pause);
    }

    private long left(String host) {
        Long next = nextNanos.get(host);
        return next == null ? 0 : next - System.nanoTime();
    }
}
