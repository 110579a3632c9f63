package io.millrace.edge;

import static io.millrace.edge.RunningEdge.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.edge.problem.CloseReason;
import io.rsocket.RSocket;
import io.rsocket.exceptions.CustomRSocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tokens, scopes, limits and origins over a real port; the database is down. */
class AccountsTest {
    private static final String USER = "alice";
    private static final String OLD_SECRET = "an-older-secret-of-32-bytes-or-more";

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;

    @BeforeAll
    static void start() {
        edge = new RunningEdge(
                artifacts,
                "--millrace.stream-token-life=6s",
                "--millrace.limit-polls=20",
                "--millrace.limit-connects=12",
                "--millrace.jwt-secret-previous=" + OLD_SECRET,
                "--millrace.origins=https://app.example,tauri://localhost");
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static String submit(String user) throws Exception {
        return json(edge.post(user, "/api/v1/tasks", "{\"prompt\":\"p\"}"))
                .at("/data/id")
                .asString();
    }

    private static JsonNode token(String user, String body) throws Exception {
        HttpResponse<String> answer = edge.post(user, "/api/v1/auth/tokens", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("data");
    }

    private static int status(String token, String path) throws Exception {
        return edge.send(edge.with(token, path).GET()).statusCode();
    }

    @Test
    void streamTokenOpensItsStreamAndNothingElse() throws Exception {
        String id = submit("scoped");
        String other = submit("scoped");
        String token = token("scoped", "{\"scope\":\"stream\",\"task_id\":\"" + id + "\"}")
                .path("token")
                .asString();

        assertThat(edge.send(edge.request("/api/v1/tasks/" + id + "/stream?access_token=" + token))
                        .body())
                .contains("event:snapshot");
        assertThat(status(token, "/api/v1/tasks/" + other + "/stream")).isEqualTo(403);
        assertThat(status(token, "/api/v1/stream")).isEqualTo(403);
        assertThat(status(Tokens.of("scoped", "user"), "/api/v1/stream?cursor=none"))
                .as("before the first byte of the stream")
                .isEqualTo(400);
        assertThat(status(token, "/api/v1/tasks/" + id)).isEqualTo(403);
        assertThat(edge.send(edge.with(token, "/api/v1/tasks/" + id + "/cancel")
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(edge.send(edge.with(token, "/api/v1/auth/tokens")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"scope\":\"stream\"}")))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void tokenThatOpensMoreThanStreamsMustNotStandInUrls() throws Exception {
        String id = submit("urls");
        HttpResponse<String> refused =
                edge.send(edge.request("/api/v1/tasks/" + id + "/stream?access_token=" + Tokens.of("urls", "user")));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("remedy").asString()).contains("/api/v1/auth/tokens");
    }

    @Test
    void streamEndsWithItsTokenSaysSoAndGoesOnWithARenewedOne() throws Exception {
        String id = submit(USER);
        String token = token(USER, "{\"scope\":\"stream\"}").path("token").asString();

        String whole =
                edge.send(edge.with(token, "/api/v1/tasks/" + id + "/stream")).body();
        String last = whole.lines().filter(line -> line.startsWith("data:")).reduce("", (a, b) -> b);
        JsonNode closed = Json.lenient(last.substring(5));
        assertThat(whole).contains("event:closed");
        assertThat(closed.path("code").asInt()).isEqualTo(4401);
        assertThat(closed.path("reason").asString()).isEqualTo("token_expired");
        assertThat(closed.path("reconnect").asBoolean()).isTrue();

        HttpResponse<String> renewed = edge.send(edge.request("/api/v1/auth/tokens/renew")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"" + token + "\"}")));
        assertThat(renewed.statusCode()).as(renewed.body()).isEqualTo(200);
        JsonNode fresh = json(renewed).path("data");
        assertThat(Instant.parse(fresh.path("expires_at").asString())).isAfter(Instant.now());
        assertThat(edge.send(edge.with(fresh.path("token").asString(), "/api/v1/tasks/" + id + "/stream"))
                        .body())
                .contains("event:snapshot");
    }

    @Test
    void whatWasNotMadeToBeRenewedIsNot() throws Exception {
        assertThat(renew(Tokens.of(USER, "user"))).isEqualTo(403);
        assertThat(renew(Tokens.of(
                        USER,
                        "user",
                        "millrace",
                        Tokens.SECRET + "x",
                        Instant.now().plusSeconds(60))))
                .isEqualTo(401);
        assertThat(renew("nonsense")).isEqualTo(401);
        assertThat(renew(Tokens.renewable(
                        USER, Instant.now().minusSeconds(1_800), Instant.now().plusSeconds(60))))
                .isEqualTo(200);
        assertThat(renew(Tokens.renewable(
                        USER, Instant.now().minusSeconds(4_000), Instant.now().plusSeconds(60))))
                .isEqualTo(401);
        assertThat(renew(Tokens.renewable(
                        USER, Instant.now().minusSeconds(60), Instant.now().minusSeconds(1))))
                .isEqualTo(401);
        assertThat(renew("mr_" + "A".repeat(43))).isEqualTo(409);
    }

    private static int renew(String token) throws Exception {
        return edge.send(edge.request("/api/v1/auth/tokens/renew")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"" + token + "\"}")))
                .statusCode();
    }

    @Test
    void expiredTokenIsToldApartFromABadOne() throws Exception {
        HttpResponse<String> expired = edge.send(edge.with(
                Tokens.of(USER, "user", "millrace", Tokens.SECRET, Instant.now().minusSeconds(300)), "/api/v1/tasks"));
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(json(expired).path("message").asString()).isEqualTo("the token has expired");
        assertThat(json(edge.send(edge.with("x.y.z", "/api/v1/tasks")))
                        .path("message")
                        .asString())
                .isEqualTo("no valid token was given");
    }

    @Test
    void secretsBeforeTheLastAreStillBelieved() throws Exception {
        String old = Tokens.of(
                "rotated", "user", "millrace", OLD_SECRET, Instant.now().plusSeconds(60));
        assertThat(status(old, "/api/v1/lanes")).isEqualTo(200);
    }

    @Test
    void socketsAreHeldToScopeAndLifeOfTheirToken() throws Exception {
        String id = submit("sockets");
        String token = token("sockets", "{\"scope\":\"stream\"}").path("token").asString();
        RSocket socket = RSocketTest.connected(edge, token);

        assertThatThrownBy(() -> RSocketTest.call(socket, "tasks.submit", "{\"prompt\":\"p\"}"))
                .hasMessageContaining("opens streams only");
        assertThatThrownBy(() -> RSocketTest.call(socket, "tasks." + id + ".cancel", ""))
                .hasMessageContaining("opens streams only");
        assertThatThrownBy(() -> socket.requestStream(RSocketTest.payload("tasks." + id + ".progress", ""))
                        .doOnNext(payload -> payload.release())
                        .blockLast(Duration.ofMinutes(2)))
                .isInstanceOfSatisfying(
                        CustomRSocketException.class,
                        closed -> assertThat(closed.errorCode()).isEqualTo(CloseReason.TOKEN_EXPIRED.code()))
                .hasMessageContaining("token_expired");
        assertThatThrownBy(() -> socket.requestStream(RSocketTest.payload("tasks.progress", ""))
                        .blockFirst(Duration.ofMinutes(2)))
                .as("a connection is no use once its token has expired")
                .isInstanceOf(CustomRSocketException.class);
        socket.dispose();
    }

    @Test
    void pollsOfAUserAreCountedAndThoseOfOthersAreNot() throws Exception {
        HttpResponse<String> refused =
                refusedAfter(20, System.nanoTime(), 60.0 / 20, () -> edge.get("poller", "/api/v1/lanes"));
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElse("0")))
                .isBetween(1L, 3L);
        assertThat(json(refused).path("message").asString()).contains("20 polls");
        assertThat(edge.get("somebody-else", "/api/v1/lanes").statusCode()).isEqualTo(200);
        for (int i = 0; i < 30; i++) {
            assertThat(status(Tokens.of("poller", "service"), "/api/v1/lanes")).isEqualTo(200);
        }
    }

    @Test
    void connectsAreCountedOnEveryTransport() throws Exception {
        String id = submit("caller");
        String token = token("caller", "{\"scope\":\"stream\"}").path("token").asString();
        long begun = System.nanoTime();
        for (int i = 0; i < 12; i++) {
            RSocket socket = RSocketTest.connected(edge, Tokens.of("caller", "user"));
            RSocketTest.call(socket, "tasks." + id + ".status", "");
            socket.dispose();
        }
        refusedAfter(0, begun, 60.0 / 12, () -> edge.sendBriefly(edge.with(token, "/api/v1/tasks/" + id + "/stream")));
    }

    /**
     * The first refusal, which comes after so many calls and as many more as time has earned meanwhile.
     *
     * @param begun when the first call of this kind was made
     * @param seconds in which one more call is earned
     */
    private static HttpResponse<String> refusedAfter(
            int calls, long begun, double seconds, Callable<HttpResponse<String>> call) throws Exception {
        for (int passed = 0; ; passed++) {
            HttpResponse<String> answer = call.call();
            double earned = (System.nanoTime() - begun) / 1e9 / seconds;
            assertThat((double) passed).isLessThanOrEqualTo(calls + earned + 1);
            if (answer.statusCode() == 429) {
                assertThat(passed).isGreaterThanOrEqualTo(calls);
                return answer;
            }
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void onlyPagesOfTheListTalkToTheEdge() throws Exception {
        HttpResponse<String> foreign =
                edge.send(edge.as(USER, "/api/v1/auth/keys").header("Origin", "https://evil.example"));
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        for (String origin : new String[] {"null", "https://app.example.evil", "http://[", "app.example", ""}) {
            assertThat(edge.send(edge.as(USER, "/api/v1/auth/keys").header("Origin", origin))
                            .statusCode())
                    .as(origin)
                    .isEqualTo(403);
        }
        HttpResponse<String> preflight = edge.send(edge.request("/api/v1/tasks")
                .header("Origin", "tauri://localhost")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("tauri://localhost");
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Headers")
                        .orElse(""))
                .contains("Authorization");
        assertThat(edge.send(edge.request("/api/v1/tasks").header("Origin", "https://app.example"))
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .as("also on a refusal, so that the page can read it")
                .contains("https://app.example");
    }

    @Test
    void socketsOfForeignPagesAreNotOpened() throws Exception {
        assertThatThrownBy(() -> socket("https://evil.example")).hasMessageContaining("WebSocketHandshakeException");
        socket("https://app.example").abort();
    }

    private static WebSocket socket(String origin) throws Exception {
        URI uri = URI.create(edge.request("/rsocket").build().uri().toString().replace("http:", "ws:"));
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(uri, new WebSocket.Listener() {})
                .get(120, TimeUnit.SECONDS);
    }

    @Test
    void everyAnswerTellsBrowsersToTrustNothing() throws Exception {
        for (String path : new String[] {"/api/v1/presets/none", "/api/v1/nothing-here", "/actuator/health"}) {
            HttpResponse<String> answer = edge.get(USER, path);
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none'");
        }
    }
}
