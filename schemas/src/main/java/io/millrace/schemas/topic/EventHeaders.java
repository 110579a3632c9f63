package io.millrace.schemas.topic;

/** Kafka header names of the public events, as the CloudEvents 1.0 Kafka binding has them (binary mode). */
public final class EventHeaders {
    public static final String SPEC_VERSION = "ce_specversion";
    public static final String SPEC_VERSION_1_0 = "1.0";
    /** {@code TASK_ID-VERSION}: unique, and equal when an event is rebuilt. */
    public static final String ID = "ce_id";

    public static final String SOURCE = "ce_source";
    public static final String SOURCE_ORCHESTRATOR = "/millrace/orchestrator";
    public static final String SOURCE_ANALYTICS = "/millrace/analytics";
    /** A wire name of {@link EventType}; on {@code tasks.metrics.v1} {@link #METRICS_MINUTE}. */
    public static final String TYPE = "ce_type";
    /** The type of records on {@code tasks.metrics.v1}: one minute of one type of task. */
    public static final String METRICS_MINUTE = "io.millrace.metrics.minute";
    /** The task id. */
    public static final String SUBJECT = "ce_subject";
    /** RFC 3339, UTC. */
    public static final String TIME = "ce_time";

    public static final String CONTENT_TYPE = "content-type";
    public static final String JSON = "application/json";
    public static final String TRACEPARENT = "traceparent";
    /** On {@code tasks.rejected.v1}: why, and from which topic. */
    public static final String REJECTED_REASON = "millrace-reason";

    public static final String REJECTED_SOURCE = "millrace-source";

    private EventHeaders() {}
}
