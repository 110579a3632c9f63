package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A poster is made, a word of it is changed, and its new picture is there while one waits. */
@ExtendWith(Stack.class)
class RenderIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final EdgeClient fred = new EdgeClient(Stack.stack(), "fred");
    private final ModelCalls calls = new ModelCalls(Stack.stack());

    @Test
    void anEditedTextIsDrawnByOnePhaseAndNothingIsMadeAgain() throws Exception {
        String task = fred.submit(Prompts.SAMPLE);
        ended(task);
        JsonNode result = fred.get("/api/v1/tasks/" + task + "/result").data();
        String poster = result.path("poster_id").asText();
        byte[] before = fred.download(
                fred.get("/api/v1/posters/" + poster).data().path("preview_url").asText());

        // At once, while the read model may not have the poster yet.
        JsonNode headline = headline(result.path("elements"));
        EdgeClient.Answer edited = fred.patch(
                "/api/v1/elements/" + headline.path("id").asText(),
                "{\"content\":{\"text\":\"期待你来\"},\"style\":{\"fill\":{\"color\":\"#ffd666\"}}}",
                "\"1\"");
        assertThat(edited.status()).as(edited.body().toString()).isEqualTo(200);

        long callsBefore = calls.count();
        long start = System.nanoTime();
        String drawn = render(poster);
        ended(drawn);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("event=rendered millis=" + took.toMillis());

        JsonNode done = fred.get("/api/v1/tasks/" + drawn).data();
        assertThat(done.path("status").asText()).as(done.toString()).isEqualTo("completed");
        assertThat(done.path("parent_task_id").asText()).isEqualTo(task);
        assertThat(done.path("timings")).hasSize(1);
        assertThat(calls.count() - callsBefore).isEqualTo(1);
        JsonNode images = fred.get("/api/v1/tasks/" + drawn + "/result").data().path("images");
        byte[] picture = fred.download(images.path(0).path("url").asText());
        assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getWidth()).isEqualTo(1080);
        byte[] after = fred.download(
                fred.get("/api/v1/posters/" + poster).data().path("preview_url").asText());
        assertThat(after).isNotEqualTo(before);

        // What has not changed is not drawn again, once the record of what was drawn is in the database.
        await().atMost(PATIENCE)
                .until(() -> fred.get("/api/v1/tasks/" + drawn + "/snapshot")
                        .data()
                        .path("status")
                        .asText()
                        .equals("completed"));
        String again = render(poster);
        ended(again);
        assertThat(calls.count() - callsBefore).isEqualTo(1);
        assertThat(fred.get("/api/v1/tasks?parent_task_id=" + task).data().path("tasks"))
                .hasSize(2);
    }

    private String render(String poster) {
        EdgeClient.Answer answer = fred.post("/api/v1/posters/" + poster + "/render", "");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
        return answer.data().path("task_id").asText();
    }

    private void ended(String task) throws Exception {
        try (SseWatcher sse = SseWatcher.open(fred, "/api/v1/tasks/" + task + "/stream", "")) {
            sse.await(event -> event.name().equals("complete"), PATIENCE);
        }
    }

    private static JsonNode headline(JsonNode elements) {
        for (JsonNode layer : elements) {
            for (JsonNode element : layer) {
                if (element.path("content").path("role").asText().equals("headline")) {
                    return element;
                }
            }
        }
        throw new AssertionError("no headline in " + elements);
    }
}
