package io.millrace.analytics.minute;

import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.topic.EventType;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * The counters of one minute and type, as a flat map that Flink keeps without help: {@code events}, {@code n:STATUS}, {@code q:MS} and
 * {@code r:MS} (queue and run times in buckets), {@code f:CODE}, {@code i:PHASE\tTENANT}, {@code b:PHASE\tSIZE}.
 */
final class Tally {
    static final String EVENTS = "events";
    static final String COUNT = "n:";
    static final String QUEUE = "q:";
    static final String RUN = "r:";
    static final String FAILURE = "f:";
    static final String INFERENCE = "i:";
    static final String BATCH = "b:";
    static final char SEPARATOR = '\t';
    /** Stands for the tenants beyond the bound. */
    static final String OTHER = "other";

    private static final String PAIRS = "pairs";
    private static final long MAX_PAIRS = 2_000;
    /** Longer times count as this one. */
    private static final long MAX_MILLIS = 7 * 86_400_000L;

    /** Larger calls count as this one. */
    private static final int MAX_BATCH = 64;

    private static final int DIGITS = 2;
    private static final Histogram BUCKETS = histogram();
    private static final Set<String> CODES =
            Arrays.stream(ErrorCode.values()).map(Enum::name).collect(Collectors.toSet());

    private Tally() {}

    static void add(Map<String, Long> tally, TaskFact fact) {
        count(tally, EVENTS, 1);
        String counted = counted(fact.event());
        if (!counted.isEmpty()) {
            count(tally, COUNT + counted, 1);
        }
        time(tally, QUEUE, fact.queueMillis());
        time(tally, RUN, fact.runMillis());
        if (fact.event().terminal() && !fact.code().isEmpty()) {
            count(tally, FAILURE + (CODES.contains(fact.code()) ? fact.code() : OTHER), 1);
        }
        if (fact.event() == EventType.PHASE_COMPLETED) {
            inference(tally, fact);
            batch(tally, fact);
        }
    }

    static Map<String, Long> merge(Map<String, Long> left, Map<String, Long> right) {
        right.forEach((key, value) -> count(left, key, value));
        return left;
    }

    /** Empty, with the buckets in which times are kept: two digits, so at most 1 % off. */
    static Histogram histogram() {
        return new Histogram(MAX_MILLIS, DIGITS);
    }

    private static void time(Map<String, Long> tally, String kind, long millis) {
        if (millis >= 0) {
            count(tally, kind + BUCKETS.lowestEquivalentValue(Math.min(millis, MAX_MILLIS)), 1);
        }
    }

    private static void inference(Map<String, Long> tally, TaskFact fact) {
        String pair = INFERENCE + fact.phase() + SEPARATOR + fact.tenant();
        if (!tally.containsKey(pair)) {
            if (tally.getOrDefault(PAIRS, 0L) >= MAX_PAIRS) {
                pair = INFERENCE + fact.phase() + SEPARATOR + OTHER;
            } else {
                count(tally, PAIRS, 1);
            }
        }
        count(tally, pair, fact.computeMillis());
    }

    private static void batch(Map<String, Long> tally, TaskFact fact) {
        if (fact.batchSize() > 0) {
            count(tally, BATCH + fact.phase() + SEPARATOR + Math.min(fact.batchSize(), MAX_BATCH), 1);
        }
    }

    private static void count(Map<String, Long> tally, String key, long more) {
        tally.merge(key, more, Long::sum);
    }

    private static String counted(EventType event) {
        return switch (event) {
            case SUBMITTED -> "submitted";
            case STARTED -> "started";
            case COMPLETED -> "completed";
            case PARTIALLY_FAILED -> "partial_failure";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
            case RECOVERED -> "recovered";
            case PHASE_COMPLETED,
                    PAUSED,
                    RESUMED,
                    ITEMS_COMPLETED,
                    PROGRESSED,
                    SNAPSHOT,
                    DELETED,
                    CAMPAIGN_STARTED,
                    CAMPAIGN_COMPLETED -> "";
        };
    }
}
