package io.millrace.edge.delivery;

import io.millrace.edge.Json;
import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.webhook.Webhook;
import io.millrace.edge.webhook.WebhookRows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Turns committed events into messages that wait to be sent. Reading an event twice queues nothing twice. */
@Component
public final class DeliveryQueue {
    private static final int AT_ONCE = 200;

    private final WebhookRows webhooks;
    private final DeliveryRows rows;
    private final LinkSigner links;

    DeliveryQueue(WebhookRows webhooks, DeliveryRows rows, LinkSigner links) {
        this.webhooks = webhooks;
        this.rows = rows;
        this.links = links;
    }

    /**
     * Queues what endpoints want of these events; those that were committed before an endpoint was made are not for it.
     *
     * @return how many messages; fails with a 503 problem while the database is down, and then the same events must be given again
     */
    public Mono<Integer> queue(List<CommittedEvent> events) {
        return webhooks.active().flatMap(active -> {
            Map<String, List<Webhook>> byUser = active.stream().collect(Collectors.groupingBy(Webhook::userId));
            List<DeliveryRows.Queued> messages = new ArrayList<>();
            for (CommittedEvent event : events) {
                String type = Message.shortType(event.type());
                if (active.stream().anyMatch(webhook -> webhook.types().contains(type))) {
                    add(event, type, byUser, messages);
                }
            }
            return reactor.core.publisher.Flux.fromIterable(messages)
                    .buffer(AT_ONCE)
                    .concatMap(rows::queue)
                    .reduce(0, Integer::sum);
        });
    }

    private void add(
            CommittedEvent event, String type, Map<String, List<Webhook>> byUser, List<DeliveryRows.Queued> messages) {
        if (!(Json.lenient(new String(event.data(), StandardCharsets.UTF_8)) instanceof ObjectNode data)) {
            return;
        }
        long time = data.path("time").asLong(0);
        List<Webhook> wanted = byUser.getOrDefault(data.path("user_id").asString(""), List.of()).stream()
                .filter(webhook -> webhook.types().contains(type))
                .filter(webhook -> time >= webhook.createdAt().toEpochMilli())
                .toList();
        if (wanted.isEmpty()) {
            return;
        }
        String body = Message.body(event.type(), data, links);
        wanted.forEach(webhook -> messages.add(new DeliveryRows.Queued(webhook.id(), "evt_" + event.id(), type, body)));
    }
}
