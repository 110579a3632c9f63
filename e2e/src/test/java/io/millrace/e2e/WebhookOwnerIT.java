package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each committed event has one owner among the edges, and a new one when that dies: a webhook is told of every end, once. */
@ExtendWith(Stack.class)
class WebhookOwnerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String GROUP = "millrace-edge-webhooks";
    /** So many that each of two owners of eight partitions has some, but for one chance in a thousand. */
    private static final int TASKS = 12;

    private final EdgeClient pia = new EdgeClient(Stack.stack(), "pia");

    @Test
    void eachEndIsToldOnceByTwoEdgesAndByTheOneThatIsLeft() throws Exception {
        try (HookEndpoint endpoint = new HookEndpoint();
                SecondEdge second = SecondEdge.start(Stack.stack(), Stack.options());
                Admin admin = Admin.create(Stack.stack().setup().kafka().client(Map.of()))) {
            EdgeClient.Answer made = pia.post(
                    "/api/v1/webhooks", "{\"url\": \"" + endpoint.url() + "\", \"event_types\": [\"task.cancelled\"]}");
            assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
            awaitOwners(admin, 2);

            Set<String> told = new HashSet<>(endedTasks(1));
            awaitToldOnce(endpoint, told);

            second.kill();
            told.addAll(endedTasks(2));
            awaitOwners(admin, 1);
            awaitToldOnce(endpoint, told);
        }
    }

    /** Tasks whose end is committed soon: cancelled at once. */
    private Set<String> endedTasks(int round) {
        Set<String> tasks = new LinkedHashSet<>();
        for (int i = 0; i < TASKS; i++) {
            String task = pia.submit(Prompts.small(5_000 + 100 * round + i));
            EdgeClient.Answer cancelled = pia.post("/api/v1/tasks/" + task + "/cancel", "{}");
            assertThat(cancelled.status()).as(cancelled.body().toString()).isIn(200, 202);
            tasks.add(task);
        }
        return tasks;
    }

    private static void awaitToldOnce(HookEndpoint endpoint, Set<String> tasks) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tasks(endpoint)).containsAll(tasks));
        assertThat(tasks(endpoint)).doesNotHaveDuplicates().hasSize(tasks.size());
    }

    /** Of {@code evt_TASK-VERSION}. */
    private static List<String> tasks(HookEndpoint endpoint) {
        return endpoint.ids().stream()
                .map(id -> id.substring("evt_".length(), id.lastIndexOf('-')))
                .toList();
    }

    /** Waits until so many edges share all partitions of the events. */
    private static void awaitOwners(Admin admin, int wanted) {
        Awaitility.await("owners of the events")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    KafkaFuture<ConsumerGroupDescription> group =
                            Objects.requireNonNull(admin.describeConsumerGroups(List.of(GROUP))
                                    .describedGroups()
                                    .get(GROUP));
                    List<Integer> shares = group.get(120, TimeUnit.SECONDS).members().stream()
                            .map(WebhookOwnerIT::share)
                            .toList();
                    return shares.size() == wanted
                            && shares.stream().allMatch(share -> share > 0)
                            && shares.stream().mapToInt(share -> share).sum() == Topic.EVENTS.partitions();
                });
    }

    private static int share(MemberDescription member) {
        return member.assignment().topicPartitions().size();
    }
}
