package io.millrace.inference.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches a file: at most {@link #TRIES} times, each from the start, with pauses that grow and vary. */
final class Download {
    static final int TRIES = 4;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration WHOLE = Duration.ofMinutes(30);
    private static final long FIRST_PAUSE_MILLIS = 500;

    private Download() {}

    static void to(URI source, Path target) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        for (int attempt = 1; ; attempt++) {
            try {
                fetch(client, source, target);
                return;
            } catch (Refused e) {
                throw e;
            } catch (IOException e) {
                if (attempt == TRIES) {
                    throw new IOException("not fetched in " + TRIES + " tries: " + e.getMessage(), e);
                }
                long pause = FIRST_PAUSE_MILLIS << (attempt - 1);
                Thread.sleep(pause + ThreadLocalRandom.current().nextLong(pause));
            }
        }
    }

    private static void fetch(HttpClient client, URI source, Path target) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(source).timeout(WHOLE).build();
        CompletableFuture<HttpResponse<Path>> call =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofFile(target));
        try {
            int code = call.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (code >= 500 || code == 429) {
                throw new IOException("the server answered " + code);
            }
            if (code != 200) {
                throw new Refused("the server answered " + code);
            }
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new IOException("it took more than " + WHOLE.toMinutes() + " minutes", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }

    /** The server will say the same next time. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}
