package io.millrace.edge;

import static io.millrace.edge.RunningEdge.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.live.Records;
import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.v1.CampaignStep;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.TaskCommand;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Campaigns over a real port; the database is down. */
class CampaignTest {
    private static final String USER = "alice";

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;
    private static Borders.CampaignRows rows;
    private static Borders.Commands commands;
    private static Borders.Log log;

    @BeforeAll
    static void start() {
        edge = new RunningEdge(artifacts);
        rows = edge.bean(Borders.CampaignRows.class);
        commands = edge.bean(Borders.Commands.class);
        log = edge.bean(Borders.Log.class);
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static HttpResponse<String> post(String type, String query, String body, String key) throws Exception {
        HttpRequest.Builder request = edge.as(USER, "/api/v1/campaigns" + query)
                .timeout(Duration.ofSeconds(120))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return edge.send(key.isEmpty() ? request : request.header("Idempotency-Key", key));
    }

    @Test
    void templateIsFilledRowByRowInWhateverOrderTheBodyHas() throws Exception {
        rows.written.clear();
        String body = "{\"rows\":[{\"shop\":\"Möwe\",\"prio\":7},{\"shop\":\"B\",\"prio\":1,\"custom_id\":\"own\"}],"
                + "\"name\":\"spring\",\"template\":{\"prompt\":\"sale at {{shop}}\",\"priority\":\"{{prio}}\"}}";
        HttpResponse<String> accepted = post("application/json", "", body, "");
        JsonNode data = json(accepted).path("data");

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(data.path("total").asInt()).isEqualTo(2);
        TaskCommand start = rows.written.get(0);
        CampaignId id = new CampaignId(start.getTaskId());
        assertThat(start.getStartCampaign().getTotal()).isEqualTo(2);
        TaskCommand first = rows.written.get(1);
        assertThat(first.getTaskId()).isEqualTo(id.task(0).value());
        assertThat(first.getSubmit().getInputParams().toStringUtf8()).contains("sale at Möwe");
        assertThat(first.getSubmit().getPriority()).isEqualTo(7);
        assertThat(first.getSubmit().getCustomId()).isEqualTo("row-0");
        assertThat(rows.written.get(2).getSubmit().getCustomId()).isEqualTo("own");
        assertThat(rows.written.get(2).getSubmit().getCampaignRow()).isEqualTo(1);
        assertThat(json(edge.get(USER, "/api/v1/campaigns/" + id))
                        .at("/data/open")
                        .asInt())
                .isEqualTo(2);
        assertThat(edge.get("bob", "/api/v1/campaigns/" + id).statusCode()).isEqualTo(403);
        assertThat(edge.get(USER, "/api/v1/campaigns").body()).contains(id.value());
    }

    @Test
    void theStartIsSaidAheadOfTheRowsAndTheCampaignStandsWithoutIt() throws Exception {
        rows.written.clear();
        commands.written.clear();
        assertThat(post("application/x-ndjson", "?name=n", "{\"prompt\":\"a\"}\n", "")
                        .statusCode())
                .isEqualTo(202);
        assertThat(commands.written).containsExactly(rows.written.get(0));

        commands.down = true;
        try {
            assertThat(post("application/x-ndjson", "?name=n", "{\"prompt\":\"a\"}\n", "")
                            .statusCode())
                    .isEqualTo(202);
        } finally {
            commands.down = false;
        }
        assertThat(rows.written).hasSize(4);
    }

    @Test
    void badRowRejectsAllAndIsNamed() throws Exception {
        rows.written.clear();
        HttpResponse<String> line = post(
                "application/x-ndjson", "?name=n", "{\"prompt\":\"a\"}\n\n{\"prompt\":\"b\",\"priority\":11}\n", "");
        assertThat(line.statusCode()).isEqualTo(400);
        assertThat(json(line).at("/errors/0/field").asString()).isEqualTo("line 3: priority");
        HttpResponse<String> row = post(
                "application/json",
                "",
                "{\"name\":\"n\",\"template\":{\"prompt\":\"{{a}}\"},\"rows\":[{\"a\":\"x\"},{\"b\":\"y\"}]}",
                "");
        assertThat(json(row).at("/errors/0/field").asString()).isEqualTo("rows[1].a");
        HttpResponse<String> twice = post(
                "application/json",
                "",
                "{\"name\":\"n\",\"tasks\":[{\"prompt\":\"a\",\"custom_id\":\"x\"},{\"prompt\":\"b\",\"custom_id\":\"x\"}]}",
                "");
        assertThat(json(twice).at("/errors/0/field").asString()).isEqualTo("tasks[1].custom_id");
        assertThat(json(post("application/x-ndjson", "", "{\"prompt\":\"a\"}\n{oops\n", ""))
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("line 2");
        assertThat(rows.written).isEmpty();
    }

    @Test
    void fiftyThousandRowsAreTakenAndOneMoreIsNot() throws Exception {
        rows.written.clear();
        String lines = IntStream.range(0, CampaignId.MAX_ROWS)
                .mapToObj(i -> "{\"prompt\":\"poster " + i + "\"}")
                .collect(Collectors.joining("\n"));
        HttpResponse<String> accepted = post("application/x-ndjson", "?name=big", lines, "big-1");
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(rows.written).hasSize(CampaignId.MAX_ROWS + 1);
        HttpResponse<String> more =
                post("application/x-ndjson", "?name=big", lines + "\n{\"prompt\":\"one more\"}", "");
        assertThat(more.statusCode()).isEqualTo(400);
        assertThat(json(more).at("/errors/0/field").asString()).isEqualTo("line 50001");
        assertThat(json(more).at("/errors/0/message").asString()).contains("one too many");

        HttpResponse<String> again = post("application/x-ndjson", "?name=big", lines, "big-1");
        assertThat(json(again).at("/data/id").asString())
                .isEqualTo(json(accepted).at("/data/id").asString());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(rows.written).hasSize(CampaignId.MAX_ROWS + 1);
    }

    @Test
    void streamTellsCountsAndEndsOfTasksAndThenEnds() throws Exception {
        String body = "{\"name\":\"s\",\"tasks\":[{\"prompt\":\"a\"}]}";
        CampaignId id = new CampaignId(
                json(post("application/json", "", body, "")).at("/data/id").asString());
        String task = id.task(0).value();
        log.write(log.records.record(campaign(id, 1, 0, 0)));
        log.write(log.records.record(row(task, id, 1, "processing")));
        log.write(log.records.record(row(task, id, 2, "completed")));
        String counts = log.written.get(log.written.size() - 1).place().text();
        log.write(log.records.record(campaign(id, 2, 1, 99)));

        String whole = edge.get(USER, "/api/v1/campaigns/" + id + "/stream").body();
        assertThat(events(whole)).isEqualTo("snapshot,campaign_complete");
        HttpResponse<String> resumed = edge.send(edge.as(USER, "/api/v1/campaigns/" + id + "/stream")
                .header(
                        "Last-Event-ID",
                        log.written.get(log.written.size() - 4).place().text()));
        assertThat(events(resumed.body())).isEqualTo("complete,campaign_complete");
        assertThat(resumed.body()).contains(task).doesNotContain("\"processing\"");
        String end = log.written.get(log.written.size() - 1).place().text();
        assertThat(edge.send(edge.as(USER, "/api/v1/campaigns/" + id + "/stream")
                                .header("Last-Event-ID", end))
                        .statusCode())
                .isEqualTo(204);
        assertThat(counts).isNotEqualTo(end);
        assertThat(json(edge.get(USER, "/api/v1/campaigns/" + id + "/tasks?status=completed"))
                        .at("/data/tasks/0/task_id")
                        .asString())
                .isEqualTo(task);
    }

    private static String events(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("event:"))
                .map(line -> line.substring(6))
                .collect(Collectors.joining(","));
    }

    private static Progress.Builder campaign(CampaignId id, long version, int completed, long completedAt) {
        return Records.base(id.value(), USER, 0)
                .setCampaignId(id.value())
                .setCampaign(CampaignStep.newBuilder()
                        .setName("s")
                        .setType("poster")
                        .setTotal(1)
                        .setCompleted(completed)
                        .setVersion(version)
                        .setCompletedAtMs(completedAt));
    }

    private static Progress.Builder row(String task, CampaignId id, int number, String status) {
        Records plain = new Records();
        return plain.step(task, USER, 1, number, status, "p" + number).progress().toBuilder()
                .setCampaignId(id.value());
    }
}
