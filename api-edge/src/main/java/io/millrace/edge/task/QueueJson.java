package io.millrace.edge.task;

import io.millrace.edge.live.Standing;
import tools.jackson.databind.node.ObjectNode;

/** Where a task waits and when it starts and ends, as JSON; times are milliseconds since 1970. */
public final class QueueJson {
    private QueueJson() {}

    /** {@code queue_position, queue {lane, own_position, waiting}, estimates {start {p50, p90}, end {p50, p90}}}. */
    public static void add(ObjectNode json, Standing standing, long nowMillis) {
        json.put("queue_position", standing.position());
        json.putObject("queue")
                .put("lane", standing.lane())
                .put("own_position", standing.ownPosition())
                .put("waiting", standing.waiting());
        Standing.Estimate estimate = standing.estimate();
        if (estimate != null) {
            add(json, estimate, nowMillis);
        }
    }

    /** {@code estimates}, and {@code estimated_remaining_seconds} to the end that is as likely as not. */
    static void add(ObjectNode json, Standing.Estimate estimate, long nowMillis) {
        ObjectNode estimates = json.putObject("estimates");
        add(estimates.putObject("start"), estimate.start());
        add(estimates.putObject("end"), estimate.end());
        json.put("estimated_remaining_seconds", Math.max(0, estimate.end().p50() - nowMillis + 999) / 1000);
    }

    private static void add(ObjectNode json, Standing.Range range) {
        json.put("p50", range.p50()).put("p90", range.p90());
    }
}
