package io.millrace.edge.delivery;

import java.util.HashMap;
import java.util.Map;

/**
 * The messages that may be under way at a time: in all, of one user, and to one endpoint. Without the second one user with a few dead
 * endpoints would hold every place for as long as an endpoint may take.
 */
final class Places {
    private final DeliverySettings settings;
    private final Map<String, Integer> toEndpoint = new HashMap<>();
    private final Map<String, Integer> ofUser = new HashMap<>();
    private int inAll;

    Places(DeliverySettings settings) {
        this.settings = settings;
    }

    /** How many more messages may be sent to an endpoint of a user. */
    synchronized int room(String userId, String webhookId) {
        int here = Math.min(
                settings.webhookConcurrencyEach() - toEndpoint.getOrDefault(webhookId, 0),
                settings.webhookConcurrencyUser() - ofUser.getOrDefault(userId, 0));
        return Math.min(here, settings.webhookConcurrency() - inAll);
    }

    synchronized void take(String userId, String webhookId) {
        toEndpoint.merge(webhookId, 1, Integer::sum);
        ofUser.merge(userId, 1, Integer::sum);
        inAll++;
    }

    synchronized void release(String userId, String webhookId) {
        less(toEndpoint, webhookId);
        less(ofUser, userId);
        inAll--;
    }

    synchronized int taken() {
        return inAll;
    }

    private static void less(Map<String, Integer> counts, String key) {
        counts.computeIfPresent(key, (held, count) -> count == 1 ? null : count - 1);
    }
}
