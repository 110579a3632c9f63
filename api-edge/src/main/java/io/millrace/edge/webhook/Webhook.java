package io.millrace.edge.webhook;

import io.millrace.edge.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An endpoint.
 *
 * @param types event types it wants, without the prefix {@code io.millrace.}
 * @param state {@code active}; {@code paused} by its owner; {@code disabled} by the edge after long failure or a 410
 * @param reason why it is disabled; empty otherwise
 * @param failingSince the first failure after the last success; null when the last attempt went well
 */
public record Webhook(
        String id,
        String userId,
        String url,
        List<String> types,
        String description,
        String state,
        String reason,
        Secrets secrets,
        @Nullable Instant failingSince,
        Instant createdAt) {
    static final String ACTIVE = "active";
    static final String DISABLED = "disabled";

    /** Every type there is to ask for; the ends come by default. */
    static final List<String> TYPES = List.of(
            "task.submitted",
            "task.started",
            "task.phase_completed",
            "task.completed",
            "task.partially_failed",
            "task.failed",
            "task.cancelled",
            "task.paused",
            "task.resumed",
            "task.recovered",
            "task.deleted",
            "campaign.started",
            "campaign.completed");

    static final List<String> ENDS =
            List.of("task.completed", "task.partially_failed", "task.failed", "task.cancelled", "campaign.completed");

    public Webhook {
        types = List.copyOf(types);
    }

    /**
     * What messages are signed with.
     *
     * @param current null when it cannot be read: the endpoint is disabled then
     * @param previous the secret before, with which they are signed too until its time is over; null when there is none
     */
    public record Secrets(
            @Nullable String current,
            @Nullable String previous,
            @Nullable Instant previousUntil) {
        /** Those that are good at this moment, the newest first. */
        public List<String> at(Instant now) {
            boolean overlap = previousUntil != null && now.isBefore(previousUntil);
            return Stream.of(current, overlap ? previous : null)
                    .flatMap(Stream::ofNullable)
                    .toList();
        }

        @Override
        public String toString() {
            return "Secrets[...]";
        }
    }

    public boolean active() {
        return state.equals(ACTIVE);
    }

    /** As the owner sees it; secrets are not in it. */
    ObjectNode json() {
        ObjectNode json = Json.object().put("id", id).put("url", url);
        types.forEach(json.withArray("event_types")::add);
        json.put("description", description).put("state", state);
        if (!reason.isEmpty()) {
            json.put("state_reason", reason);
        }
        if (failingSince != null) {
            json.put("failing_since", Json.time(failingSince.toEpochMilli()));
        }
        return json.put("created_at", Json.time(createdAt.toEpochMilli()));
    }
}
