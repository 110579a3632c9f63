package io.millrace.schemas.topic;

/** Types of the public events. */
public enum EventType {
    SUBMITTED("io.millrace.task.submitted", false),
    STARTED("io.millrace.task.started", false),
    PHASE_COMPLETED("io.millrace.task.phase_completed", false),
    COMPLETED("io.millrace.task.completed", true),
    PARTIALLY_FAILED("io.millrace.task.partially_failed", true),
    FAILED("io.millrace.task.failed", true),
    CANCELLED("io.millrace.task.cancelled", true),
    PAUSED("io.millrace.task.paused", false),
    /** Enqueued again after a pause. */
    RESUMED("io.millrace.task.resumed", false),
    /** Enqueued again after it had failed, wholly or in part. */
    RECOVERED("io.millrace.task.recovered", false),
    /** Items of a for_each phase ended and moved the bar. */
    ITEMS_COMPLETED("io.millrace.task.items_completed", false),
    /** An external worker reported. */
    PROGRESSED("io.millrace.task.progressed", false),
    /** The task in full, as asked for by a resync. */
    SNAPSHOT("io.millrace.task.snapshot", false),
    DELETED("io.millrace.task.deleted", false),
    CAMPAIGN_STARTED("io.millrace.campaign.started", false),
    /** The one summary record of a campaign; again after a retry of its failures. */
    CAMPAIGN_COMPLETED("io.millrace.campaign.completed", false);

    private final String wireName;
    private final boolean terminal;

    EventType(String wireName, boolean terminal) {
        this.wireName = wireName;
        this.terminal = terminal;
    }

    /** The CloudEvents {@code type}. */
    public String wireName() {
        return wireName;
    }

    /** Whether a task says nothing more after it, unless it is recovered. */
    public boolean terminal() {
        return terminal;
    }

    /** @throws IllegalArgumentException when no event has this name */
    public static EventType ofWireName(String wireName) {
        for (EventType type : values()) {
            if (type.wireName.equals(wireName)) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown event type: " + wireName);
    }
}
