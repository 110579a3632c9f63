package io.millrace.schemas.config;

import java.time.Duration;

/** The option {@code --retention}: how long the orchestrator remembers a task after its end. */
public final class Retention {
    /** An id made from an {@code Idempotency-Key} holds the start of its hour, and one older than the retention is refused. */
    public static final Duration MIN = Duration.ofHours(2);

    private static final Duration MAX = Duration.ofDays(30);

    private Retention() {}

    /** @throws IllegalArgumentException when it is too short, too long or no duration */
    public static Duration of(Options options, Duration otherwise) {
        Duration retention = options.duration("retention", otherwise, Duration.ZERO, MAX);
        if (retention.compareTo(MIN) < 0) {
            throw new IllegalArgumentException("--retention must be at least " + MIN.toHours() + "h, not "
                    + options.find("retention").orElse(retention.toString())
                    + ": ids made from an Idempotency-Key hold the start of their hour, and submits would be refused as"
                    + " too old");
        }
        return retention;
    }
}
