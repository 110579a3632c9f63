package io.millrace.edge;

import static io.millrace.edge.RunningEdge.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.database.Database;
import io.millrace.edge.database.Maria;
import io.millrace.edge.delivery.CommittedEvent;
import io.millrace.edge.delivery.DeliveryQueue;
import io.millrace.edge.webhook.WebhookSecret;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Webhooks over a real MariaDB and real endpoints; committed events are given by hand. */
class WebhookIT {
    private static final String HOOKS = "/api/v1/webhooks";

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;

    @BeforeAll
    static void start() throws Exception {
        Maria.shared().createDatabase("edge_webhooks");
        edge = started("200ms");
    }

    private static RunningEdge started(String firstWait) {
        RunningEdge started = new RunningEdge(
                artifacts,
                "--test.database=edge_webhooks",
                "--millrace.outbound-allow=127.0.0.0/8",
                "--millrace.webhook-first-wait=" + firstWait,
                "--millrace.webhook-patience=2s",
                "--millrace.webhook-disable=3s");
        await().atMost(Duration.ofMinutes(5)).until(started.bean(Database.class)::healthy);
        return started;
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static JsonNode create(String user, String url) throws Exception {
        HttpResponse<String> created = edge.post(user, HOOKS, "{\"url\":\"" + url + "\"}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return json(created).path("data");
    }

    private static void commit(RunningEdge by, String user, String task, int version, String type) {
        String data =
                "{\"task_id\":\"%s\",\"user_id\":\"%s\",\"version\":%d,\"time\":%d,\"status\":\"x\",\"phase_results\":[1]}"
                        .formatted(task, user, version, System.currentTimeMillis() + 1);
        by.bean(DeliveryQueue.class)
                .queue(List.of(new CommittedEvent(
                        "io.millrace.task." + type, task + "-" + version, data.getBytes(StandardCharsets.UTF_8))))
                .block(Duration.ofMinutes(2));
    }

    private static JsonNode deliveries(String user, String id) throws Exception {
        return json(edge.get(user, HOOKS + "/" + id + "/deliveries")).at("/data/deliveries");
    }

    @Test
    void committedEndIsToldOnceAndSigned() throws Exception {
        try (Receiver receiver = new Receiver()) {
            JsonNode hook = create("ann", receiver.url());
            commit(edge, "ann", "task_a", 1, "submitted");
            commit(edge, "ann", "task_a", 2, "completed");
            commit(edge, "ann", "task_a", 2, "completed");
            commit(edge, "other", "task_b", 2, "completed");
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> deliveries("ann", hook.path("id").asString())
                            .path(0)
                            .path("state")
                            .asString("")
                            .equals("delivered"));

            assertThat(receiver.told).hasSize(1);
            Receiver.Told told = receiver.told.get(0);
            assertThat(told.id()).isEqualTo("evt_task_a-2");
            assertThat(told.timestamp())
                    .isBetween(System.currentTimeMillis() / 1_000 - 60, System.currentTimeMillis() / 1_000 + 1);
            assertThat(told.signature())
                    .isEqualTo(WebhookSecret.signature(
                            List.of(hook.path("secret").asString()),
                            told.id(),
                            told.timestamp(),
                            told.body().getBytes(StandardCharsets.UTF_8)));
            assertThat(Json.lenient(told.body()).path("type").asString()).isEqualTo("task.completed");
            assertThat(Json.lenient(told.body()).at("/data/task_id").asString()).isEqualTo("task_a");
            assertThat(told.body()).doesNotContain("phase_results");
            assertThat(edge.get("ann", HOOKS + "/" + hook.path("id").asString()).body())
                    .doesNotContain("whsec_");
        }
    }

    @Test
    void failedMessageIsTriedAgainAndWrittenDownAndCanBeSentAnew() throws Exception {
        try (Receiver receiver = new Receiver()) {
            receiver.answer(500, 302);
            String id = create("ben", receiver.url()).path("id").asString();
            commit(edge, "ben", "task_c", 3, "failed");
            await().atMost(Duration.ofMinutes(2)).until(() -> receiver.told.size() == 3);
            assertThat(receiver.told).extracting(Receiver.Told::id).containsOnly("evt_task_c-3");
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> deliveries("ben", id)
                            .path(0)
                            .path("state")
                            .asString("")
                            .equals("delivered"));
            JsonNode delivery = deliveries("ben", id).path(0);
            assertThat(delivery.path("attempts").asInt()).isEqualTo(3);
            assertThat(delivery.at("/history/0/status").asInt()).isEqualTo(500);
            assertThat(delivery.at("/history/1/status").asInt()).isEqualTo(302);

            String again =
                    HOOKS + "/" + id + "/deliveries/" + delivery.path("id").asString() + "/redeliver";
            assertThat(edge.post("ben", again, "").statusCode()).isEqualTo(202);
            await().atMost(Duration.ofMinutes(2)).until(() -> receiver.told.size() == 4);
            assertThat(edge.post("ben", HOOKS + "/" + id + "/test", "").statusCode())
                    .isEqualTo(202);
            await().atMost(Duration.ofMinutes(2)).until(() -> receiver.told.size() == 5);
            assertThat(receiver.told.get(4).body()).contains("webhook.test");
        }
    }

    @Test
    void endpointThatIsGoneOrFailsForLongIsDisabledAndSaysWhy() throws Exception {
        try (Receiver receiver = new Receiver()) {
            String id = create("cat", receiver.url()).path("id").asString();
            receiver.answer(410);
            commit(edge, "cat", "task_d", 1, "completed");
            await().atMost(Duration.ofMinutes(2)).until(() -> state("cat", id).equals("disabled"));
            assertThat(edge.get("cat", HOOKS + "/" + id).body()).contains("410");
            assertThat(edge.post("cat", HOOKS + "/" + id + "/test", "").statusCode())
                    .isEqualTo(409);

            assertThat(edge.put(Tokens.of("cat", "user"), HOOKS + "/" + id, "{\"state\":\"active\"}")
                            .statusCode())
                    .isEqualTo(200);
            receiver.answer(500, 500, 500, 500, 500, 500, 500, 500);
            commit(edge, "cat", "task_d", 2, "completed");
            await().atMost(Duration.ofMinutes(5)).until(() -> state("cat", id).equals("disabled"));
            assertThat(edge.get("cat", HOOKS + "/" + id).body()).contains("every message failed", "answered 500");
        }
    }

    private static String state(String user, String id) throws Exception {
        return json(edge.get(user, HOOKS + "/" + id)).at("/data/state").asString("");
    }

    @Test
    void silentEndpointHoldsUpNobodyElse() throws Exception {
        try (Receiver silent = new Receiver();
                Receiver quick = new Receiver()) {
            silent.fallSilent(true);
            create("dan", silent.url());
            create("eve", quick.url());
            for (int i = 0; i < 40; i++) {
                commit(edge, "dan", "task_s" + i, 1, "completed");
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> silent.told.size() >= 4);
            for (int i = 0; i < 20; i++) {
                commit(edge, "eve", "task_q" + i, 1, "completed");
            }
            await().atMost(Duration.ofMinutes(5)).until(() -> quick.told.size() == 20);
        }
    }

    @Test
    void pendingMessagesSurviveARestart() throws Exception {
        try (Receiver receiver = new Receiver()) {
            receiver.answer(503);
            String id = create("fay", receiver.url()).path("id").asString();
            commit(edge, "fay", "task_r", 1, "completed");
            await().atMost(Duration.ofMinutes(2)).until(() -> receiver.told.size() == 1);
            edge.close();
            edge = started("200ms");
            await().atMost(Duration.ofMinutes(5))
                    .untilAsserted(() -> assertThat(receiver.told)
                            .as(deliveries("fay", id).toString())
                            .hasSize(2));
            assertThat(receiver.told.get(1).id()).isEqualTo(receiver.told.get(0).id());
        }
    }

    @Test
    void secretsRotateWithAnOverlap() throws Exception {
        try (Receiver receiver = new Receiver()) {
            JsonNode hook = create("gil", receiver.url());
            String id = hook.path("id").asString();
            String fresh = json(edge.post("gil", HOOKS + "/" + id + "/rotate-secret", "{\"overlap\":\"1h\"}"))
                    .at("/data/secret")
                    .asString();
            List<String> stored = edge.bean(Database.class)
                    .call(sql -> sql.sql("SELECT CONCAT(secret, previous_secret) FROM webhooks WHERE id = ?")
                            .params(id)
                            .query(String.class)
                            .list())
                    .block(Duration.ofMinutes(2));
            assertThat(stored).hasSize(1).noneMatch(secret -> secret.contains("whsec_"));
            commit(edge, "gil", "task_k", 1, "completed");
            await().atMost(Duration.ofMinutes(2)).until(() -> receiver.told.size() == 1);
            Receiver.Told told = receiver.told.get(0);
            byte[] body = told.body().getBytes(StandardCharsets.UTF_8);
            assertThat(told.signature().split(" "))
                    .containsExactly(
                            WebhookSecret.signature(List.of(fresh), told.id(), told.timestamp(), body),
                            WebhookSecret.signature(
                                    List.of(hook.path("secret").asString()), told.id(), told.timestamp(), body));
        }
    }

    @Test
    void addressesInsideAreRefusedWithTheField() throws Exception {
        for (String url : List.of(
                "http://10.0.0.1/x",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/",
                "https://192.168.1.1/",
                "http://1.1.1.1/plain",
                "ftp://example.com/",
                "https://user:pw@1.1.1.1/",
                "https://nobody.invalid/",
                "not a url")) {
            HttpResponse<String> refused = edge.post("hal", HOOKS, "{\"url\":\"" + url + "\"}");
            assertThat(refused.statusCode()).as(url).isEqualTo(400);
            assertThat(json(refused).at("/errors/0/field").asString()).as(url).isEqualTo("url");
        }
        HttpResponse<String> wrong = edge.post(
                "hal",
                HOOKS,
                "{\"url\":\"https://1.1.1.1/\",\"event_types\":[\"task.exploded\"],\"secret\":\"short\",\"x\":1}");
        assertThat(json(wrong).path("errors").size()).isEqualTo(3);
    }

    @Test
    void strangersNeitherSeeNorMoveThem() throws Exception {
        try (Receiver receiver = new Receiver()) {
            String id = create("ida", receiver.url()).path("id").asString();
            for (String path : List.of("", "/deliveries", "/deliveries/1")) {
                assertThat(edge.get("jon", HOOKS + "/" + id + path).statusCode())
                        .isEqualTo(403);
            }
            assertThat(edge.post("jon", HOOKS + "/" + id + "/rotate-secret", "").statusCode())
                    .isEqualTo(403);
            assertThat(edge.send(edge.as("jon", HOOKS + "/" + id).DELETE()).statusCode())
                    .isEqualTo(403);
            assertThat(edge.get("jon", HOOKS).body()).doesNotContain(id);
            HttpRequest.Builder service =
                    edge.with(Tokens.of("robot", "service"), HOOKS + "/" + id).DELETE();
            assertThat(edge.send(service).statusCode()).isEqualTo(403);
            assertThat(edge.send(edge.as("ida", HOOKS + "/" + id).DELETE()).statusCode())
                    .isEqualTo(200);
        }
    }
}
