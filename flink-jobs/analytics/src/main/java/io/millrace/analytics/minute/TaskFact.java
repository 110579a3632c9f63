package io.millrace.analytics.minute;

import io.millrace.schemas.topic.EventType;

/**
 * What one event says to the counters.
 *
 * @param event what happened
 * @param type canonical type of the task
 * @param tenant whose task it is
 * @param time milliseconds since 1970
 * @param phase the phase that was completed; empty for other events
 * @param computeMillis time inside models, of the phase that was completed
 * @param batchSize items in the call that computed the phase; 0 when not known
 * @param queueMillis from creation to start, at the end of a task; -1 when not known
 * @param runMillis from start to end, at the end of a task; -1 when not known
 * @param code why the task failed; empty when it did not
 */
public record TaskFact(
        EventType event,
        String type,
        String tenant,
        long time,
        String phase,
        long computeMillis,
        int batchSize,
        long queueMillis,
        long runMillis,
        String code) {}
