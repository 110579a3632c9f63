package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.home.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing that opens a door stands in a log of any room, also where an operator asks the edge for more of them. */
@ExtendWith(Stack.class)
class NoSecretsInLogsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** So much of a secret is as bad as all of it. */
    private static final int TELLING = 24;

    private final Map<String, String> secrets = new LinkedHashMap<>();

    @Test
    void tokensKeysAndSecretsAreNotWritten() throws Exception {
        StackOptions talkative = Stack.options()
                .with(Room.EDGE, "LOGGING_LEVEL_IO_MILLRACE", "DEBUG")
                .with(Room.EDGE, "LOGGING_LEVEL_ORG_SPRINGFRAMEWORK_WEB", "DEBUG")
                .with(Room.EDGE, "LOGGING_LEVEL_ORG_SPRINGFRAMEWORK_SECURITY", "DEBUG")
                .with(Room.EDGE, "LOGGING_LEVEL_REACTOR_NETTY_HTTP_SERVER_HTTPSERVEROPERATIONS", "DEBUG");
        String task;
        try (SecondEdge edge = SecondEdge.start(Stack.stack(), talkative);
                HookEndpoint endpoint = new HookEndpoint()) {
            String token = keep("token", Stack.stack().token("quinn", "user"));
            EdgeClient quinn = new EdgeClient(edge.url(), token);
            EdgeClient admin = new EdgeClient(
                    edge.url(), keep("token of the admin", Stack.stack().token("root", "admin")));
            String hookSecret = keep(
                    "webhook secret",
                    "whsec_" + Base64.getEncoder().encodeToString(new byte[40]).replace('A', 'q'));
            endpoint.answer(500);
            assertThat(quinn.post(
                                    "/api/v1/webhooks",
                                    "{\"url\": \"" + endpoint.url() + "\", \"secret\": \"" + hookSecret + "\"}")
                            .status())
                    .isEqualTo(201);

            String key = keep(
                    "API key",
                    admin.post(
                                    "/api/v1/auth/keys",
                                    "{\"user_id\": \"quinn\", \"role\": \"user\", \"scopes\": \"read write\"}")
                            .data()
                            .path("key")
                            .asText());
            EdgeClient byKey = new EdgeClient(edge.url(), key);
            task = byKey.submit(Prompts.small(61));

            String stream = keep(
                    "stream token",
                    quinn.post("/api/v1/auth/tokens", "{\"scope\": \"stream\"}")
                            .data()
                            .path("token")
                            .asText());
            EdgeClient nobody = new EdgeClient(edge.url(), "none");
            try (SseWatcher inUrl = SseWatcher.open(
                            new EdgeClient(edge.url(), ""),
                            "/api/v1/tasks/" + task + "/stream?access_token=" + stream,
                            "");
                    RSocketWatcher rsocket =
                            RSocketWatcher.open(edge.rsocketPort(), key, "tasks." + task + ".progress", "")) {
                inUrl.awaitEnd(PATIENCE);
                rsocket.awaitEnd(PATIENCE);
            }
            assertThat(nobody.get("/api/v1/tasks?access_token=" + stream).status())
                    .isEqualTo(401);
            refused(edge, key, token);
            Awaitility.await("a delivery that failed")
                    .atMost(PATIENCE)
                    .until(() -> !endpoint.signatures().isEmpty());
            keep("signature", endpoint.signatures().get(0).substring("v1,".length()));
        }

        Secrets own = Stack.stack().setup().secrets();
        keep("secret of tokens", own.jwt());
        keep("secret of links", own.link());
        keep("credential of the inference", own.inference());
        keep("password of the database", own.database());
        keep("password of the broker", own.broker());
        Map<Path, String> logs = logs();
        assertThat(logs.entrySet())
                .as("the flow is in the log of the edge that it went through")
                .anyMatch(log ->
                        log.getKey().endsWith("edge-2.log") && log.getValue().contains(task));
        for (Map.Entry<Path, String> log : logs.entrySet()) {
            secrets.forEach((name, secret) -> {
                for (String telling : tellingParts(secret)) {
                    assertThat(log.getValue().contains(telling))
                            .as("%s holds the %s", log.getKey().getFileName(), name)
                            .isFalse();
                }
            });
        }
    }

    /** Credentials that are nearly right, where a careless log would say what it was given. */
    private void refused(SecondEdge edge, String key, String token) throws Exception {
        String wrongKey = keep("mistyped key", key.substring(0, key.length() - 3) + "xyz");
        String wrongToken = keep("token with another signature", token.substring(0, token.length() - 6) + "abcdef");
        for (String wrong : List.of(wrongKey, wrongToken)) {
            assertThat(new EdgeClient(edge.url(), wrong).get("/api/v1/tasks").status())
                    .isEqualTo(401);
            RSocketWatcher refused = null;
            try {
                refused = RSocketWatcher.open(edge.rsocketPort(), wrong, "tasks.progress", "");
                refused.awaitEnd(PATIENCE);
            } catch (RuntimeException setupRefused) {
                // As it should be: it does not say with what.
            } finally {
                if (refused != null) {
                    refused.close();
                }
            }
        }
    }

    private String keep(String name, String secret) {
        assertThat(secret).as(name).hasSizeGreaterThan(TELLING);
        secrets.put(name, secret);
        return secret;
    }

    /** Of a token its signature; of anything else its end, as its beginning may be a kind. */
    private static List<String> tellingParts(String secret) {
        List<String> parts = new ArrayList<>(List.of(secret));
        parts.add(secret.substring(secret.length() - TELLING));
        return parts;
    }

    private static Map<Path, String> logs() throws IOException {
        Map<Path, String> logs = new LinkedHashMap<>();
        try (Stream<Path> files =
                Files.list(Stack.stack().setup().home().log(Room.EDGE).getParent())) {
            for (Path file : files.toList()) {
                logs.put(file, Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return logs;
    }
}
