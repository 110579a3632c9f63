package io.millrace.analytics;

import io.millrace.analytics.minute.TaskFact;
import io.millrace.schemas.topic.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Ten minutes of facts from a seed, as a topic would give them: nearly in order, some late, a few too late. */
final class FactFeed {
    static final long BEGIN = 1_790_000_000_000L / 60_000 * 60_000;

    private static final List<String> TYPES = List.of("poster", "roadmap", "train");
    private static final List<String> CODES = List.of("TIMEOUT", "MODEL_ERROR", "odd");

    private FactFeed() {}

    static List<TaskFact> of(Random random, int count) {
        List<TaskFact> facts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long time = BEGIN + 600_000L * i / count - random.nextInt(4_000);
            if (random.nextInt(20) == 0) {
                time -= random.nextInt(500_000);
            }
            facts.add(fact(random, Math.max(BEGIN, time)));
        }
        return facts;
    }

    private static TaskFact fact(Random random, long time) {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        String tenant = "tenant-" + random.nextInt(5);
        EventType event = EventType.values()[random.nextInt(EventType.DELETED.ordinal() + 1)];
        if (event == EventType.PHASE_COMPLETED) {
            return new TaskFact(
                    event,
                    type,
                    tenant,
                    time,
                    "phase-" + random.nextInt(3),
                    random.nextInt(900),
                    random.nextInt(80),
                    -1,
                    -1,
                    "");
        }
        if (!event.terminal()) {
            return new TaskFact(event, type, tenant, time, "", 0, 0, -1, -1, "");
        }
        long queue = random.nextInt(1 << random.nextInt(18));
        String code = event == EventType.FAILED ? CODES.get(random.nextInt(CODES.size())) : "";
        return new TaskFact(event, type, tenant, time, "", 0, 0, queue, random.nextInt(90_000), code);
    }
}
