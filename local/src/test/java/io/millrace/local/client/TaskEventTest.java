package io.millrace.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TaskEventTest {
    @Test
    void aTerminalEventCarriesTheTimes() throws IOException {
        TaskEvent event = TaskEvent.parse("""
                {"event":"complete","cursor":"abc","task_id":"task_1","status":"completed","phase":"completed","progress":100,
                 "message":"","step":11,"error":null,"more":1,
                 "timings":[{"phase":"parsing_intent","started_at":1000,"ended_at":1250,"round":0,"compute_ms":40},
                            {"phase":"rendering_text","started_at":2000,"ended_at":2400,"round":1,"compute_ms":300}]}
                """);

        assertThat(event.ended()).isTrue();
        assertThat(event.isLast()).isFalse();
        assertThat(event.error()).isEmpty();
        assertThat(event.timings())
                .containsExactly(
                        new TaskEvent.PhaseTime("parsing_intent", 0, 250, 40),
                        new TaskEvent.PhaseTime("rendering_text", 1, 400, 300));
    }

    @Test
    void aFailureIsReadable() throws IOException {
        TaskEvent event = TaskEvent.parse("""
                {"event":"error","status":"failed","error":{"code":"BAD_INPUT","message":"no glyph for X"}}
                """);

        assertThat(event.error()).isEqualTo("BAD_INPUT: no glyph for X");
        assertThat(event.ended()).isTrue();
    }

    @Test
    void textThatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> TaskEvent.parse("[]")).isInstanceOf(IOException.class);
    }

    @Test
    void refusalsNameEachField() {
        String text = Problems.sentence(
                400,
                "{\"detail\":\"2 fields\",\"errors\":[{\"field\":\"prompt\",\"message\":\"is missing\",\"remedy\":\"Say it.\"}]}");

        assertThat(text).isEqualTo("The edge refused (400): 2 fields\n  prompt is missing Say it.");
        assertThat(Problems.sentence(502, "<html>")).contains("HTTP 502");
    }

    @Test
    void onlyRefusalsForGoodEndAStream() {
        assertThat(Problems.refusal("{\"status\":404,\"detail\":\"no such task\"}"))
                .contains("The edge refused (404): no such task");
        assertThat(Problems.refusal("{\"status\":503}")).isEmpty();
        assertThat(Problems.refusal("{\"status\":429}")).isEmpty();
        assertThat(Problems.refusal("the stream was not read fast enough")).isEmpty();
    }

    @Test
    void thePosterIsPreferredToItsPreview() throws IOException {
        ObjectMapper json = new ObjectMapper();

        assertThat(
                        EdgeClient.pictureAddress(
                                json.readTree(
                                        "{\"preview\":\"/p\",\"images\":[{\"kind\":\"thumbnail\",\"url\":\"/t\"},{\"kind\":\"poster\",\"url\":\"/a\"}]}")))
                .contains("/a");
        assertThat(EdgeClient.pictureAddress(json.readTree("{\"preview\":\"/p\"}")))
                .contains("/p");
        assertThat(EdgeClient.pictureAddress(json.readTree("{}"))).isEmpty();
    }
}
