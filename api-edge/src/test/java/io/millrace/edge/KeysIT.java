package io.millrace.edge;

import static io.millrace.edge.RunningEdge.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.database.Database;
import io.millrace.edge.database.Maria;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** API keys over a real MariaDB. */
class KeysIT {
    private static final String USER = "alice";

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        Maria.shared().createDatabase("edge_keys");
        edge = new RunningEdge(artifacts, "--test.database=edge_keys");
        admin = Tokens.of("root", "admin");
        Database database = edge.bean(Database.class);
        await().atMost(Duration.ofMinutes(5)).until(database::healthy);
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void readOnlyKeyReadsAndUnknownKeyIsNobody() throws Exception {
        String reader = json(edge.send(edge.with(admin, "/api/v1/auth/keys")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"user_id\":\"alice\",\"scopes\":\"read\"}"))))
                .at("/data/key")
                .asString();
        assertThat(edge.send(edge.with(reader, "/api/v1/tasks")).statusCode()).isEqualTo(200);
        assertThat(edge.send(edge.with(reader, "/api/v1/tasks")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"p\"}")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(edge.send(edge.with("mr_" + "A".repeat(43), "/api/v1/tasks")).statusCode())
                .isEqualTo(401);
        assertThat(edge.post(USER, "/api/v1/auth/keys", "{\"user_id\":\"x\"}").statusCode())
                .isEqualTo(403);
    }

    @Test
    void keysAreListedToTheLastOne() throws Exception {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            made.add(json(edge.send(edge.with(admin, "/api/v1/auth/keys")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"user_id\":\"pages\"}"))))
                    .at("/data/id")
                    .asString());
        }

        List<String> listed = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = json(edge.send(edge.with(admin, "/api/v1/auth/keys?limit=2" + next)))
                    .path("data");
            assertThat(page.path("keys").size()).isBetween(1, 2);
            page.path("keys").forEach(key -> listed.add(key.path("id").asString()));
            next = page.path("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").asString();
        } while (!next.isEmpty());

        assertThat(listed).containsAll(made).doesNotHaveDuplicates();
        assertThat(edge.send(edge.with(admin, "/api/v1/auth/keys?cursor=nonsense"))
                        .statusCode())
                .isEqualTo(400);
    }
}
