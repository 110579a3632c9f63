package io.millrace.schemas.topic;

import java.time.Duration;

/** The topics of Millrace. Names end in the version of their layout: more partitions or another key mean a new version. */
public enum Topic {
    /** Commands, key task id, {@code TaskCommand}; idempotent producer without transactions. */
    COMMANDS("tasks.commands.v1", 4, Duration.ofDays(7)),
    /** Rows of campaigns, key task id, {@code TaskCommand}; one transaction for each campaign. */
    CAMPAIGN_ROWS("tasks.campaign-rows.v1", 4, Duration.ofDays(7)),
    /** Live progress, key user id, {@code Progress}; at least once, at once. */
    PROGRESS("tasks.progress.v1", 8, Duration.ofHours(24)),
    /** Public events, key task id, CloudEvents 1.0 in binary mode with JSON data; exactly once. */
    EVENTS("tasks.events.v1", 8, Duration.ofDays(30)),
    /** Attempts that inference shall stop computing, key task id, {@code Cancellation}; at least once. */
    CANCELLATIONS("tasks.cancellations.v1", 2, Duration.ofHours(1)),
    /** Records nobody could read or take in, with their original bytes, of very large ones the first, and the reason in headers; exactly once. */
    REJECTED("tasks.rejected.v1", 1, Duration.ofDays(30)),
    /** What happened in each minute, key type of task, JSON; exactly once. A minute that late events corrected comes again. */
    METRICS("tasks.metrics.v1", 1, Duration.ofDays(30));

    /** What topics and brokers take as one batch of records, compressed ({@code max.message.bytes}). */
    public static final int MAX_MESSAGE_BYTES = 4 << 20;

    /**
     * What a producer may send ({@code max.request.size}). It counts before compression: the difference lets a record that does not
     * compress into its batch.
     */
    public static final int MAX_REQUEST_BYTES = MAX_MESSAGE_BYTES - (64 << 10);

    private final String topicName;
    private final int partitions;
    private final Duration retention;

    Topic(String topicName, int partitions, Duration retention) {
        this.topicName = topicName;
        this.partitions = partitions;
        this.retention = retention;
    }

    public String topicName() {
        return topicName;
    }

    public int partitions() {
        return partitions;
    }

    public Duration retention() {
        return retention;
    }
}
