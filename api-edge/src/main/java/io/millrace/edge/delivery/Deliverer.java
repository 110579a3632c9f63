package io.millrace.edge.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.edge.Json;
import io.millrace.edge.webhook.Webhook;
import io.millrace.edge.webhook.WebhookRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;

/**
 * Sends what is due. A message belongs to the edge that claimed its row; an edge that dies loses the claim after a minute, and the message
 * is sent by another, possibly again: receivers tell repeats by {@code webhook-id}. A slow endpoint holds up only its own messages, and a user's slow
 * endpoints only that user's.
 */
@Component
final class Deliverer implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration SWEEP = Duration.ofMinutes(10);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration LAST = Duration.ofSeconds(3);
    private static final int HISTORY = 20;

    private final DeliveryRows rows;
    private final WebhookRows webhooks;
    private final Sender sender;
    private final DeliverySettings settings;
    private final RetryPlan plan;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Places places;
    private volatile Disposable running = Disposables.disposed();

    Deliverer(
            DeliveryRows rows,
            WebhookRows webhooks,
            Sender sender,
            DeliverySettings settings,
            Clock clock,
            MeterRegistry meters) {
        this.rows = rows;
        this.webhooks = webhooks;
        this.sender = sender;
        this.settings = settings;
        this.places = new Places(settings);
        this.plan = new RetryPlan(settings.webhookFirstWait(), settings.webhookGiveUp());
        this.clock = clock;
        this.meters = meters;
    }

    /** One round: claims what there is room for and begins to send it. @return how many messages */
    Mono<Long> round() {
        return rows.due().flatMapMany(Flux::fromIterable).concatMap(this::begin).count();
    }

    private Flux<Delivery> begin(DeliveryRows.Due due) {
        int room = places.room(due.userId(), due.webhookId());
        if (room < 1) {
            return Flux.empty();
        }
        return webhooks.find(due.webhookId())
                .flatMapMany(webhook -> rows.claim(webhook.id(), room)
                        .flatMapMany(Flux::fromIterable)
                        .doOnNext(delivery -> start(due.userId(), webhook, delivery)));
    }

    private void start(String userId, Webhook webhook, Delivery delivery) {
        places.take(userId, webhook.id());
        Disposable unused = sender.send(webhook, delivery)
                .flatMap(outcome -> finish(delivery, outcome))
                .doFinally(signal -> places.release(userId, webhook.id()))
                .subscribe(
                        done -> {},
                        failure -> LOG.warn(
                                "event=webhook_outcome_lost webhook={} message={} error={}",
                                webhook.id(),
                                delivery.messageId(),
                                failure.toString()));
    }

    private Mono<Boolean> finish(Delivery delivery, Delivery.Outcome outcome) {
        meters.counter("millrace.edge.webhook.attempts", "outcome", outcome.taken() ? "taken" : "failed")
                .increment();
        Instant next = outcome.taken() || outcome.gone() ? null : next(delivery, outcome);
        return rows.finish(delivery, outcome, history(delivery, outcome), next, settings.webhookDisable())
                .retryWhen(reactor.util.retry.Retry.backoff(4, Duration.ofMillis(500)));
    }

    private @Nullable Instant next(Delivery delivery, Delivery.Outcome outcome) {
        return plan.next(
                        delivery.attempts() + 1,
                        delivery.since(),
                        clock.instant(),
                        Duration.ofSeconds(outcome.retryAfterSeconds()),
                        ThreadLocalRandom.current().nextDouble())
                .orElse(null);
    }

    private String history(Delivery delivery, Delivery.Outcome outcome) {
        ArrayNode history =
                Json.lenient(delivery.history()) instanceof ArrayNode list ? list : Json.MAPPER.createArrayNode();
        while (history.size() >= HISTORY) {
            history.remove(0);
        }
        history.addObject()
                .put("at", Json.time(clock.millis()))
                .put("status", outcome.status())
                .put("error", outcome.error())
                .put("ms", outcome.millis());
        return history.toString();
    }

    @Override
    public void start() {
        Disposable rounds = Flux.interval(EVERY, EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> round().onErrorComplete(), 1)
                .subscribe();
        Disposable sweeps = Flux.interval(SWEEP, SWEEP)
                .onBackpressureDrop()
                .concatMap(tick -> rows.sweep(KEPT).onErrorComplete(), 1)
                .subscribe();
        running = Disposables.composite(rounds, sweeps);
    }

    @Override
    public void stop() {
        running.dispose();
    }

    /** What is under way may end while the database is still there; otherwise it is sent again when its claim is over. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        stop();
        long deadline = System.nanoTime() + LAST.toNanos();
        while (places.taken() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
