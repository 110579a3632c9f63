package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.home.PortPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two thousand tasks of all types, in batches and in a campaign, on models that answer at once, while room after room dies. */
@Tag("nightly")
class AuditedChaosIT {
    private static final int TASKS = 2_000;
    private static final int BATCH = 100;
    private static final int ROWS = 500;
    /** So many tasks end before the next room dies; all deaths come while others are under way. */
    private static final int BETWEEN_DEATHS = 200;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final List<Room> DEATHS =
            List.of(Room.TASKMANAGER, Room.BROKER, Room.TASKMANAGER, Room.JOBMANAGER, Room.DATABASE, Room.TASKMANAGER);

    @Test
    void everyTaskHasOneEndAndTheTablesAreWhatTheTopicSays() throws Exception {
        StackOptions options = StackOptions.standard()
                .inference("bench/instant", "io.millrace.bench.instant.InstantInference")
                // Tasks take long enough to be under way when something dies.
                .with(Room.INFERENCE, "MILLRACE_INSTANT_DELAY_MS", "60");
        Path home = Path.of("target", "stacks", UUID.randomUUID().toString());
        LocalStack stack = LocalStack.start(home, PortPlan.free().base(), options);
        try {
            stack.awaitReady(Stack.READY);
            submitAll(new EdgeClient(stack, "hugo"));
            Tables tables = new Tables(stack);
            int ended = 0;
            for (Room room : DEATHS) {
                ended += BETWEEN_DEATHS;
                awaitEnded(tables, ended);
                stack.kill(room);
                stack.awaitReady(Stack.READY);
            }
            awaitEnded(tables, TASKS);

            assertThat(Millrace.run(stack, "audit", "--ended", "--settle", "30"))
                    .contains(TASKS + " ended", "topic and tables agree");
        } finally {
            stack.stop();
        }
    }

    private static void awaitEnded(Tables tables, int number) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> tables.ended("hugo") >= number);
    }

    /** Every twentieth fails, so that ends are of more than one kind. */
    private static void submitAll(EdgeClient hugo) {
        for (int from = 0; from < TASKS - ROWS; from += BATCH) {
            String tasks = IntStream.range(from, from + BATCH)
                    .mapToObj(AuditedChaosIT::task)
                    .collect(Collectors.joining(",", "{\"tasks\":[", "]}"));
            JsonNode answer = hugo.post("/api/v1/tasks/batch", tasks).data();
            assertThat(answer.path("accepted").asInt()).as("%s", answer).isEqualTo(BATCH);
        }
        String rows = IntStream.range(0, ROWS).mapToObj(AuditedChaosIT::poster).collect(Collectors.joining(","));
        EdgeClient.Answer campaign = hugo.post("/api/v1/campaigns", "{\"name\":\"chaos\",\"tasks\":[" + rows + "]}");
        assertThat(campaign.status()).as("%s", campaign.body()).isEqualTo(202);
    }

    private static String task(int number) {
        return switch (number % 4) {
            case 0 -> "{\"type\":\"roadmap\",\"goal\":\"Learn Kafka" + fault(number) + "\",\"seed\":" + number + "}";
            case 1 -> "{\"type\":\"cover_image\",\"title\":\"Cover " + number + fault(number) + "\"}";
            default -> poster(number);
        };
    }

    private static String poster(int number) {
        return "{\"type\":\"poster\",\"prompt\":\"Sale " + number + fault(number)
                + "\",\"size\":{\"width\":320,\"height\":480}}";
    }

    private static String fault(int number) {
        return number % 20 == 7 ? " [fail]" : "";
    }
}
