package io.millrace.edge;

import static io.millrace.edge.RunningEdge.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.LaneHead;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.QueueHead;
import io.millrace.schemas.v1.QueuePlace;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.workflow.Definitions;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Control, batches, lanes over a real port; the orchestrator is what each test says, the database is down. */
class ControlTest {
    private static final String USER = "alice";

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;
    private static Borders.Commands commands;
    private static Borders.Log log;

    @BeforeAll
    static void start() {
        edge = new RunningEdge(artifacts);
        commands = edge.bean(Borders.Commands.class);
        log = edge.bean(Borders.Log.class);
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @AfterEach
    void silence() {
        commands.orchestrator = command -> {};
    }

    private static String submit() throws Exception {
        return json(edge.post(USER, "/api/v1/tasks", "{\"prompt\":\"p\"}"))
                .at("/data/id")
                .asString();
    }

    private static void answer(TaskCommand command, CommandAnswer.Builder answer) {
        log.write(log.records.record(io.millrace.edge.live.Records.base(command.getTaskId(), command.getUserId(), 0)
                .setAnswer(answer.setCommandId(command.getCommandId()))));
    }

    @Test
    void everyMoveIsAskedAndAnswered() throws Exception {
        String id = submit();
        commands.orchestrator = command -> answer(
                command,
                CommandAnswer.newBuilder()
                        .setAccepted(true)
                        .setPreviousStatus("processing")
                        .setStatus("paused"));

        for (String verb : new String[] {"pause", "resume", "stop", "start", "recover"}) {
            HttpResponse<String> granted = edge.post(USER, "/api/v1/tasks/" + id + "/" + verb, "");
            assertThat(granted.statusCode()).as(verb).isEqualTo(200);
            assertThat(json(granted).at("/data/previous_status").asString()).isEqualTo("processing");
            assertThat(json(granted).at("/data/status").asString()).isEqualTo("paused");
            TaskCommand written = commands.written.get(commands.written.size() - 1);
            assertThat(written.getBodyCase().name().toLowerCase(java.util.Locale.ROOT))
                    .isEqualTo(verb);
        }
        assertThat(edge.post(USER, "/api/v1/tasks/" + id + "/explode", "").statusCode())
                .isGreaterThanOrEqualTo(404);
    }

    @Test
    void refusalsKeepTheirReasonAndTheirKind() throws Exception {
        String id = submit();
        for (String[] expected : new String[][] {{"CONFLICT", "400"}, {"NOT_FOUND", "404"}, {"FORBIDDEN", "403"}}) {
            commands.orchestrator = command -> answer(
                    command, CommandAnswer.newBuilder().setCode(expected[0]).setReason("because"));
            HttpResponse<String> refused = edge.post(USER, "/api/v1/tasks/" + id + "/pause", "");
            assertThat(refused.statusCode()).isEqualTo(Integer.parseInt(expected[1]));
            assertThat(json(refused).path("message").asString()).isEqualTo("because");
        }
        String service = Tokens.of("robot", "service");
        assertThat(edge.send(edge.with(service, "/api/v1/tasks/" + id + "/cancel")
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .as("a service sees the task and may not move it")
                .isEqualTo(403);
    }

    @Test
    void batchesAnswerItemByItem() throws Exception {
        HttpResponse<String> created = edge.post(
                USER, "/api/v1/tasks/batch", "{\"tasks\":[{\"prompt\":\"a\"},{\"priority\":99,\"prompt\":\"b\"},7]}");
        JsonNode data = json(created).path("data");
        assertThat(data.path("accepted").asInt()).isEqualTo(1);
        assertThat(data.at("/items/0/status").asString()).isEqualTo("pending");
        assertThat(data.at("/items/1/error/errors/0/field").asString()).isEqualTo("priority");
        assertThat(data.at("/items/2/success").asBoolean()).isFalse();

        String id = data.at("/items/0/task_id").asString();
        commands.orchestrator = command ->
                answer(command, CommandAnswer.newBuilder().setAccepted(true).setPreviousStatus("queued"));
        JsonNode cancelled = json(edge.post(
                        USER,
                        "/api/v1/tasks/batch-cancel",
                        "{\"task_ids\":[\"" + id + "\",\"nonsense\"],\"reason\":\"r\"}"))
                .path("data");
        assertThat(cancelled.at("/items/0/success").asBoolean()).isTrue();
        assertThat(cancelled.at("/items/0/previous_status").asString()).isEqualTo("queued");
        assertThat(cancelled.at("/items/1/error/code").asInt()).isEqualTo(404);
    }

    @Test
    void deadlinesAndCancelAfterTravelWithTheSubmit() throws Exception {
        long before = System.currentTimeMillis();
        HttpResponse<String> accepted = edge.send(edge.as(USER, "/api/v1/tasks")
                .header("Content-Type", "application/json")
                .header("Cancel-After", "10m")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"prompt\":\"p\",\"start_deadline\":\"2199-01-01T00:00:00Z\"}")));
        assertThat(accepted.statusCode()).isEqualTo(202);
        TaskCommand written = commands.written.get(commands.written.size() - 1);
        assertThat(written.getSubmit().getEndDeadlineMs()).isBetween(before + 590_000, before + 660_000);
        assertThat(written.getSubmit().getStartDeadlineMs()).isEqualTo(7_226_582_400_000L);
        assertThat(json(edge.post(
                                USER, "/api/v1/tasks", "{\"prompt\":\"p\",\"end_deadline\":\"2001-01-01T00:00:00Z\"}"))
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("end_deadline");
    }

    @Test
    void waitingTaskShowsItsPlaceAndWhenItWillBegin() throws Exception {
        String id = submit();
        log.write(log.records.step(id, USER, 1, 1, "queued", "init"));
        log.write(log.records.record(base(id, USER)
                .setQueued(QueuePlace.newBuilder()
                        .setLane("gpu")
                        .setPriority(5)
                        .setTenant(USER)
                        .setOrdinal(14))));
        LaneHead head = LaneHead.newBuilder()
                .setLane("gpu")
                .setLimit(2)
                .setRunning(2)
                .setWaiting(30)
                .addQueues(queue(5, USER, 10, 20))
                .addQueues(queue(5, "bob", 0, 3))
                .addQueues(queue(9, "carol", 0, 5))
                .setHeldP10Ms(1_000)
                .setHeldP50Ms(1_000)
                .setHeldP90Ms(1_000)
                .build();
        log.write(log.records.record(base("", "").setLane(head)));

        JsonNode status =
                json(edge.get(USER, "/api/v1/tasks/" + id + "/status")).path("data");
        assertThat(status.at("/queue/own_position").asInt()).isEqualTo(4);
        assertThat(status.path("queue_position").asInt()).isEqualTo(4 + 3 + 5);
        long start = status.at("/estimates/start/p50").asLong() - System.currentTimeMillis();
        assertThat(start).isBetween(3_000L, 6_100L);
        assertThat(status.at("/estimates/end/p50").asLong()
                        - status.at("/estimates/start/p50").asLong())
                .isEqualTo(1_000);

        JsonNode lanes = json(edge.get(USER, "/api/v1/lanes")).at("/data/lanes");
        assertThat(lanes.toString()).contains("\"gpu\"").doesNotContain("carol");
        String admin = Tokens.of("root", "admin");
        assertThat(edge.send(edge.with(admin, "/api/v1/admin/queue/stats")).body())
                .contains("carol");
        assertThat(edge.get(USER, "/api/v1/admin/queue/stats").statusCode()).isEqualTo(403);
    }

    private static Progress.Builder base(String taskId, String userId) {
        return io.millrace.edge.live.Records.base(taskId, userId, 1).setTimeMs(System.currentTimeMillis());
    }

    private static QueueHead.Builder queue(int priority, String tenant, long taken, long waiting) {
        return QueueHead.newBuilder()
                .setPriority(priority)
                .setTenant(tenant)
                .setTaken(taken)
                .setWaiting(waiting)
                .setWeight(1);
    }

    @Test
    void onlyAdminsWidenLanes() throws Exception {
        String admin = Tokens.of("root", "admin");
        String lane = edge.bean(Definitions.class).workflows().get(0).lane();
        commands.orchestrator =
                command -> answer(command, CommandAnswer.newBuilder().setAccepted(true));

        assertThat(edge.put(Tokens.of(USER, "user"), "/api/v1/lanes/" + lane, "{\"concurrency\":3}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(edge.put(admin, "/api/v1/lanes/" + lane, "{\"concurrency\":0}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(edge.put(admin, "/api/v1/lanes/" + lane, "{\"concurrency\":1001}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(edge.put(admin, "/api/v1/lanes/nowhere", "{\"concurrency\":3}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(edge.put(admin, "/api/v1/lanes/" + lane, "{\"concurrency\":3}")
                        .statusCode())
                .isEqualTo(200);
        TaskCommand written = commands.written.get(commands.written.size() - 1);
        assertThat(written.getTaskId()).isEqualTo("lane:" + lane);
        assertThat(written.getSetLaneLimit().getLimit()).isEqualTo(3);
    }
}
