package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.edge.watch.Hub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Sockets of all tasks of a user, and of one task. */
class NotificationsTest {

    private static final String USER = "alice";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;
    private static Borders.Log log;

    @BeforeAll
    static void start() {
        edge = new RunningEdge(artifacts);
        log = edge.bean(Borders.Log.class);
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void theLifeOfATaskIsToldAsItHappens() throws Exception {
        try (TestSocket socket = open("/ws/notifications", USER)) {
            socket.say("{\"type\":\"ping\"}");
            socket.await("pong", 1);
            String task = submit();
            log.write(log.records.step(task, USER, 1, 1, "queued", "init"));
            log.write(log.records.step(task, USER, 1, 2, "processing", "p2"));
            log.write(log.records.log(task, USER, 2, "p2", "a line"));
            log.write(log.records.step(task, USER, 1, 3, "completed", "completed"));

            JsonNode end = of(task, socket, "task_complete");
            assertThat(of(task, socket, "task_created").at("/data/status").asString())
                    .isIn("pending", "queued");
            assertThat(of(task, socket, "task_update").at("/data/phase").asString())
                    .isEqualTo("p2");
            assertThat(of(task, socket, "task_log").at("/data/message").asString())
                    .isEqualTo("a line");
            assertThat(end.at("/data/progress").asInt()).isEqualTo(30);
            assertThat(end.at("/data/result_image_url").asString()).contains("/api/v1/artifacts/");
            assertThat(end.path("timestamp").asString()).endsWith("Z");
        }
    }

    @Test
    void aTaskIsToldOfBeforeTheOrchestratorHasSeenIt() throws Exception {
        try (TestSocket socket = open("/ws/notifications", USER);
                TestSocket stranger = open("/ws/notifications", "bob")) {
            socket.say("{\"type\":\"ping\"}");
            socket.await("pong", 1);
            String task = submit();

            assertThat(of(task, socket, "task_created").at("/data/status").asString())
                    .isEqualTo("pending");
            stranger.say("{\"type\":\"ping\"}");
            stranger.await("pong", 1);
            assertThat(stranger.types()).containsExactly("pong");
        }
    }

    @Test
    void whoComesBackIsToldWhatWasMissed() throws Exception {
        String task;
        String last;
        try (TestSocket socket = open("/ws/notifications", USER)) {
            socket.say("{\"type\":\"ping\"}");
            socket.await("pong", 1);
            task = submit();
            log.write(log.records.step(task, USER, 1, 1, "queued", "init"));
            log.write(log.records.step(task, USER, 1, 2, "processing", "p2"));
            last = of(task, socket, "task_update").path("id").asString();
        }
        log.write(log.records.step(task, USER, 1, 3, "processing", "p3"));
        log.write(log.records.step(task, USER, 1, 4, "failed", "p3"));

        try (TestSocket socket = open("/ws/notifications", USER)) {
            socket.say("{\"type\":\"sync\",\"since\":\"" + last + "\"}");
            of(task, socket, "task_failed");
            assertThat(ofTask(task, socket.told("task_update", "task_failed")))
                    .extracting(message -> message.at("/data/phase").asString())
                    .contains("p3");
        }
        try (TestSocket socket = open("/ws/notifications?since=" + last, USER)) {
            of(task, socket, "task_failed");
            assertThat(ofTask(task, socket.told("task_update"))).hasSize(1);
        }
    }

    @Test
    void aDeletedTaskIsToldAsDeletedAndNotAsEndedAgain() throws Exception {
        try (TestSocket socket = open("/ws/notifications", USER)) {
            socket.say("{\"type\":\"ping\"}");
            socket.await("pong", 1);
            String task = ended();
            of(task, socket, "task_complete");
            log.write(log.records.deleted(task, USER, 3));

            of(task, socket, "task_deleted");
            assertThat(ids(ofTask(task, socket.told("task_complete", "task_failed"))))
                    .hasSize(1);
        }
    }

    @Test
    void anEndThatIsNotAcknowledgedIsToldAgain() throws Exception {
        try (TestSocket socket = open("/ws/notifications", USER)) {
            socket.say("{\"type\":\"ping\"}");
            socket.await("pong", 1);
            String acknowledged = ended();
            String ignored = ended();
            socket.say("{\"type\":\"ack\",\"message_id\":\""
                    + of(acknowledged, socket, "task_complete").path("id").asString() + "\"}");

            of(ignored, socket, "task_complete");
            socket.await("task_complete", 3);

            assertThat(ofTask(ignored, socket.told("task_complete"))).hasSize(2);
            assertThat(ids(ofTask(ignored, socket.told("task_complete")))).hasSize(1);
            assertThat(ofTask(acknowledged, socket.told("task_complete"))).hasSize(1);
        }
    }

    @Test
    void whoSubscribesToTasksIsToldOfThoseOnly() throws Exception {
        String wanted = submit();
        String other = submit();
        try (TestSocket socket = open("/ws/notifications", USER)) {
            socket.say("{\"type\":\"subscribe_task\",\"task_id\":\"" + wanted + "\"}");
            socket.await("subscribed", 1);
            log.write(log.records.step(other, USER, 1, 1, "processing", "p1"));
            log.write(log.records.step(wanted, USER, 1, 1, "processing", "p1"));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() ->
                            ofTask(wanted, socket.told("task_update")).stream().anyMatch(NotificationsTest::isInP1));
            socket.say("{\"type\":\"unsubscribe_task\",\"task_id\":\"" + wanted + "\"}");
            socket.await("unsubscribed", 1);
            log.write(log.records.step(other, USER, 1, 2, "failed", "p1"));

            of(other, socket, "task_failed");
            assertThat(ofTask(other, socket.told("task_update"))).noneMatch(NotificationsTest::isInP1);
        }
    }

    @Test
    void oneTaskIsToldUntilItsEndIsCommitted() throws Exception {
        String task = submit();
        try (TestSocket socket = open("/ws?task_id=" + task, USER)) {
            socket.await("progress", 1);
            log.write(log.records.step(task, USER, 1, 1, "processing", "p1"));
            log.write(log.records.step(task, USER, 1, 2, "completed", "completed"));
            edge.bean(Hub.class).committed(task, 2);

            assertThat(socket.awaitClose()).isEqualTo(1000);
            assertThat(socket.types()).endsWith("complete");
        }
    }

    @Test
    void nonsenseIsRefusedByName() throws Exception {
        try (TestSocket socket = open("/ws/notifications", USER)) {
            socket.say("{\"type\":\"subscribe\"}");
            assertThat(socket.await("refused", 1).at("/data/errors/0/field").asString())
                    .isEqualTo("type");
            socket.say("{\"type\":\"ack\",\"mesage_id\":\"x\"}");
            assertThat(socket.await("refused", 2).at("/data/errors/0/field").asString())
                    .isEqualTo("mesage_id");
            socket.say("{\"type\":\"sync\",\"since\":\"yesterday\"}");
            socket.await("refused", 3);
            for (int i = 0; i < 98; i++) {
                socket.say("no JSON");
            }
            assertThat(socket.awaitClose()).isEqualTo(4400);
        }
    }

    @Test
    void aTimeBeyondAllCountingIsRefusedByName() throws Exception {
        try (TestSocket socket = open("/ws/notifications?since=+999999999-12-31T23:59:59Z", USER)) {
            assertThat(socket.awaitClose()).isEqualTo(4400);
            assertThat(socket.told("refused").get(0).at("/data/errors/0/field").asString())
                    .isEqualTo("cursor");
        }
        try (TestSocket socket = open("/ws/notifications", USER)) {
            socket.say("{\"type\":\"sync\",\"since\":\"+999999999-12-31T23:59:59Z\"}");
            assertThat(socket.await("refused", 1).at("/data/code").asInt()).isEqualTo(400);
        }
    }

    @Test
    void aStrangerIsToldNothing() throws Exception {
        String task = submit();
        try (TestSocket socket = open("/ws?task_id=" + task, "bob")) {
            assertThat(socket.awaitClose()).isEqualTo(4403);
        }
        try (TestSocket socket = open("/ws/notifications", "bob")) {
            socket.say("{\"type\":\"subscribe_task\",\"task_id\":\"" + task + "\"}");
            assertThat(socket.await("refused", 1).at("/data/code").asInt()).isEqualTo(403);
        }
        assertThatThrownBy(() -> new TestSocket(edge.address(), "/ws/notifications", null))
                .isInstanceOf(ExecutionException.class)
                .hasStackTraceContaining("401");
    }

    private static TestSocket open(String path, String user) throws Exception {
        return new TestSocket(edge.address(), path, Tokens.of(user, "user"));
    }

    private static String submit() throws Exception {
        return RunningEdge.json(edge.post(USER, "/api/v1/tasks", "{\"prompt\":\"p\"}"))
                .at("/data/id")
                .asString();
    }

    private static String ended() throws Exception {
        String task = submit();
        log.write(log.records.step(task, USER, 1, 1, "processing", "p1"));
        log.write(log.records.step(task, USER, 1, 2, "completed", "completed"));
        return task;
    }

    /** The first message of a type about a task, once it has come. */
    private static JsonNode of(String task, TestSocket socket, String type) {
        Awaitility.await(type)
                .atMost(PATIENCE)
                .until(() -> !ofTask(task, socket.told(type)).isEmpty());
        return ofTask(task, socket.told(type)).get(0);
    }

    private static List<JsonNode> ofTask(String task, List<JsonNode> messages) {
        return messages.stream()
                .filter(message -> message.path("task_id").asString().equals(task))
                .toList();
    }

    private static boolean isInP1(JsonNode message) {
        return message.at("/data/phase").asString().equals("p1");
    }

    private static Set<String> ids(List<JsonNode> messages) {
        return messages.stream().map(message -> message.path("id").asString()).collect(Collectors.toSet());
    }
}
