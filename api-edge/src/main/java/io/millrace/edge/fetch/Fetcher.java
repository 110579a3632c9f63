package io.millrace.edge.fetch;

import io.millrace.edge.artifact.Uploads;
import io.millrace.edge.outbound.AddressGuard;
import io.millrace.edge.outbound.GuardedResolver;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.task.ErrorCode;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

/**
 * Fetches pictures from addresses that users name and keeps them as their uploads: http or https, public addresses only (each redirect
 * is checked again, and the address that was checked is the one connected to), at most 3 redirects, 16 MiB, 10 seconds, 8 at once.
 */
@Component
class Fetcher {
    private static final long MAX_BYTES = 16L << 20;
    private static final int MAX_REDIRECTS = 3;
    private static final int MAX_AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final Uploads uploads;
    private final WebClient web;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    Fetcher(AddressGuard guard, Uploads uploads) {
        this.uploads = uploads;
        HttpClient client = HttpClient.newConnection()
                .resolver(new GuardedResolver(guard, Schedulers.boundedElastic()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis())
                .responseTimeout(PATIENCE)
                .disableRetry(true)
                .followRedirect(false);
        this.web = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(client))
                .defaultHeader(HttpHeaders.USER_AGENT, "millrace")
                .defaultHeader(HttpHeaders.ACCEPT, "image/png, image/jpeg, image/gif")
                .build();
    }

    /** It could not be had; the message says why, and nothing about what is inside the network. */
    static final class NotFetched extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotFetched(String message) {
            super(message, null, false, false);
        }
    }

    /** Either the end, or where to go on. */
    private record Answer(Optional<ArtifactRef> kept, Optional<URI> next) {}

    /** The picture, kept for the user; fails with {@link NotFetched}, or a 503 problem while too many are under way. */
    Mono<ArtifactRef> fetch(String userId, String url) {
        return Mono.defer(() -> {
            if (!places.tryAcquire()) {
                return Mono.error(Problem.unavailable("too many pictures are being fetched", ErrorCode.BUSY));
            }
            return fetch(userId, uri(url), MAX_REDIRECTS)
                    .timeout(PATIENCE)
                    .onErrorMap(Fetcher::told)
                    .doFinally(signal -> places.release());
        });
    }

    private Mono<ArtifactRef> fetch(String userId, URI url, int redirects) {
        return web.get()
                .uri(url)
                .exchangeToMono(response -> answer(userId, url, response))
                .flatMap(answer -> {
                    if (answer.kept().isPresent()) {
                        return Mono.just(answer.kept().get());
                    }
                    if (redirects == 0 || answer.next().isEmpty()) {
                        return Mono.error(new NotFetched(
                                "it leads from one address to another more than " + MAX_REDIRECTS + " times"));
                    }
                    return fetch(userId, answer.next().get(), redirects - 1);
                });
    }

    private Mono<Answer> answer(String userId, URI url, ClientResponse response) {
        int status = response.statusCode().value();
        String location = response.headers().asHttpHeaders().getFirst(HttpHeaders.LOCATION);
        if (response.statusCode().is3xxRedirection() && location != null) {
            return response.releaseBody()
                    .then(Mono.fromCallable(() -> new Answer(
                            Optional.empty(),
                            Optional.of(uri(url.resolve(location).toString())))));
        }
        if (status != 200) {
            return response.releaseBody().then(Mono.error(new NotFetched("it answers HTTP " + status)));
        }
        if (response.headers().contentLength().orElse(0) > MAX_BYTES) {
            return response.releaseBody().then(Mono.error(new NotFetched("it is larger than 16 MiB")));
        }
        return uploads.keep(userId, fileName(url), response.bodyToFlux(DataBuffer.class), MAX_BYTES)
                .map(upload -> new Answer(Optional.of(upload.ref()), Optional.empty()));
    }

    private static URI uri(String text) {
        try {
            URI url = URI.create(text);
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            boolean usable = (scheme.equals("http") || scheme.equals("https"))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null;
            if (usable) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the one complaint for all kinds of wrong.
        }
        throw new NotFetched("it is no http(s) URL without user and password");
    }

    private static String fileName(URI url) {
        String path = url.getPath() == null ? "" : url.getPath();
        String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("\\p{Cntrl}", "");
        return name.length() <= 255 ? name : name.substring(name.length() - 255);
    }

    private static Throwable told(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AddressGuard.Refused || cause instanceof NotFetched) {
                return new NotFetched(String.valueOf(cause.getMessage()));
            }
            if (cause instanceof Problem problem) {
                return problem.status().is5xxServerError()
                        ? problem
                        : new NotFetched(String.valueOf(problem.getMessage()));
            }
        }
        boolean late = failure instanceof TimeoutException;
        return new NotFetched(late ? "it took longer than 10 seconds" : "nothing answers there");
    }
}
