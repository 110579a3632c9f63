package io.millrace.edge.delivery;

import io.millrace.edge.outbound.AddressGuard;
import io.millrace.edge.outbound.GuardedResolver;
import io.millrace.edge.webhook.Webhook;
import io.millrace.edge.webhook.WebhookSecret;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/** One call to an endpoint: signed, never to a private address, no redirects followed, the answer's body not read. */
@Component
final class Sender {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MAX_ERROR = 200;

    private final HttpClient http;
    private final Duration patience;
    private final Clock clock;

    Sender(AddressGuard guard, DeliverySettings settings, Clock clock) {
        ConnectionProvider connections = ConnectionProvider.builder("webhooks")
                .maxConnections(settings.webhookConcurrency())
                .pendingAcquireMaxCount(settings.webhookConcurrency())
                .maxIdleTime(Duration.ofSeconds(30))
                .build();
        this.http = HttpClient.create(connections)
                .resolver(new GuardedResolver(guard, Schedulers.boundedElastic()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .followRedirect(false)
                .disableRetry(true);
        this.patience = settings.webhookPatience();
        this.clock = clock;
    }

    /** Never fails: every failure is an outcome. */
    Mono<Delivery.Outcome> send(Webhook webhook, Delivery delivery) {
        return Mono.defer(() -> {
            byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
            Instant now = clock.instant();
            long begun = System.nanoTime();
            List<String> secrets = webhook.secrets().at(now);
            if (secrets.isEmpty()) {
                return Mono.just(new Delivery.Outcome(0, "its secret cannot be read: rotate it", 0, 0));
            }
            String signature = WebhookSecret.signature(secrets, delivery.messageId(), now.getEpochSecond(), body);
            return http.headers(headers -> headers.set("Content-Type", "application/json")
                            .set("User-Agent", "Millrace-Webhooks/1")
                            .set("webhook-id", delivery.messageId())
                            .set("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                            .set("webhook-signature", signature))
                    .post()
                    .uri(webhook.url())
                    .send(ByteBufMono.fromString(Mono.just(delivery.body())))
                    .response((response, ignored) -> Mono.just(answered(response, begun)))
                    .next()
                    .timeout(patience)
                    .onErrorResume(failure -> Mono.just(new Delivery.Outcome(0, message(failure), millis(begun), 0)));
        });
    }

    private static Delivery.Outcome answered(HttpClientResponse response, long begun) {
        int status = response.status().code();
        String error = status >= 200 && status < 300 ? "" : "it answered " + status;
        long wait = Optional.ofNullable(response.responseHeaders().get("Retry-After"))
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Long::parseLong)
                .orElse(0L);
        return new Delivery.Outcome(status, error, millis(begun), wait);
    }

    private static String message(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "it did not answer in time";
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = String.valueOf(root.getMessage()).replaceAll("\\p{Cntrl}", " ");
        return text.length() <= MAX_ERROR ? text : text.substring(0, MAX_ERROR);
    }

    private static long millis(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }
}
