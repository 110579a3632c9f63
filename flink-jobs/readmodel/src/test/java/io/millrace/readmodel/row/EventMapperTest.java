package io.millrace.readmodel.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.readmodel.fixture.History;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventMapperTest {
    private static final List<ReceivedEvent> HISTORY = History.completed(new Random(1));
    private static final ReceivedEvent FIRST = HISTORY.get(0);
    private static final ReceivedEvent LAST = HISTORY.get(HISTORY.size() - 1);

    @Test
    void eventIsKeptInTheHistoryWithoutWhatTheRowOfTheTaskHolds() throws Exception {
        for (ReceivedEvent event : HISTORY) {
            Row history = EventMapper.map(event).rows().get(1);

            assertThat(history.table()).isEqualTo(Table.TASK_HISTORY);
            String version = History.data(event).path("version").asText();
            JsonNode entry = ((ObjectNode) Objects.requireNonNull(history.get("entries"))).path(version);
            ObjectNode expected = History.data(event);
            expected.remove(List.of("task_id", "user_id", "type", "input_params", "result", "phase_results"));
            expected.put("event_type", event.type()).remove("project_id");
            expected.path("details")
                    .properties()
                    .removeIf(field -> field.getValue().isNull());
            assertThat(JsonText.text(entry)).isEqualTo(JsonText.text(expected));
        }
    }

    @Test
    void seventeenthVersionOpensAPage() throws Exception {
        assertThat(EventMapper.map(changed(FIRST, data -> data.put("version", 16)))
                        .rows()
                        .get(1)
                        .get("page"))
                .isEqualTo(0);
        assertThat(EventMapper.map(changed(FIRST, data -> data.put("version", 17)))
                        .rows()
                        .get(1)
                        .get("page"))
                .isEqualTo(1);
    }

    @Test
    void campaignBecomesItsRow() throws Exception {
        String json =
                "{\"campaign_id\":\"camp_1\",\"user_id\":\"ann\",\"name\":\"spring\",\"type\":\"poster\",\"version\":2,"
                        + "\"total\":9,\"completed\":5,\"partial_failure\":1,\"failed\":2,\"cancelled\":1,\"created_at\":1000,"
                        + "\"completed_at\":2000,\"compute_ms\":77,\"time\":2000}";
        Row row = EventMapper.map(campaign(json)).rows().get(0);

        assertThat(row.table()).isEqualTo(Table.CAMPAIGNS);
        assertThat(row.values())
                .containsEntry("total", 9)
                .containsEntry("partial_failure", 1)
                .containsEntry("status", "completed")
                .containsEntry("compute_ms", 77L);
        Row started = EventMapper.map(campaign(json.replace("\"completed_at\":2000,", "")))
                .rows()
                .get(0);
        assertThat(started.values()).containsEntry("status", "processing").doesNotContainKey("completed_at");
    }

    @Test
    void coverIsWhatTheNewestTaskOfTheRoadmapSays() throws Exception {
        ReceivedEvent end = changed(LAST, data -> {
            data.put("type", "cover_image")
                    .withObject("/input_params")
                    .put("roadmap_id", "task_r")
                    .put("attempt", 3);
            data.putObject("result").put("url", "sha256:aa");
        });
        ReceivedEvent anothers = changed(end, data -> data.put("user_id", "mallory"));
        ReceivedEvent later = changed(end, data -> {
            data.put("task_id", "task_ffffffff").put("version", 1).put("status", "queued");
            data.remove(List.of("completed_at", "result"));
        });
        Row first = EventMapper.map(end).rows().get(2);
        Row second = EventMapper.map(later).rows().get(2);

        assertThat(first.values())
                .containsEntry("status", "success")
                .containsEntry("url", "sha256:aa")
                .containsEntry("attempt", 3L);
        assertThat(EventMapper.map(anothers).rows().get(2).key())
                .as("another user's cover of the same roadmap is another row")
                .isNotEqualTo(first.key());
        assertThat(first.merge(second).values())
                .containsEntry("status", "generating")
                .doesNotContainKey("url");
        assertThat(second.merge(first).values()).isEqualTo(first.merge(second).values());
    }

    @Test
    void aRecoveredCoverIsBeingMadeAgain() throws Exception {
        ReceivedEvent failed = changed(LAST, data -> {
            data.put("type", "cover_image")
                    .put("status", "failed")
                    .withObject("/input_params")
                    .put("roadmap_id", "task_r");
            data.remove("result");
        });
        ReceivedEvent recovered = changed(failed, data -> {
            data.put("version", data.path("version").asInt() + 1).put("status", "queued");
            data.remove(List.of("completed_at", "phase_results", "timings", "round"));
        });

        Row cover = EventMapper.map(failed)
                .rows()
                .get(2)
                .merge(EventMapper.map(recovered).rows().get(2));

        assertThat(cover.values()).containsEntry("status", "generating");
    }

    @Test
    void recoveredTaskKeepsWhatItGoesOnFromAndLosesItsOutcome() throws Exception {
        Row failed = EventMapper.map(changed(LAST, data -> {
                    data.put("status", "failed").remove("result");
                    data.putObject("error").put("code", "TIMEOUT");
                }))
                .rows()
                .get(0);
        Row recovered = EventMapper.map(changed(LAST, data -> {
                    data.put("version", data.path("version").asInt() + 1).put("status", "queued");
                    data.remove(List.of("result", "completed_at", "phase_results", "input_params", "timings", "round"));
                }))
                .rows()
                .get(0);

        assertThat(failed.merge(recovered).values())
                .containsEntry("status", "queued")
                .containsEntry("phase_results", failed.text("phase_results"))
                .doesNotContainKeys("error", "completed_at", "timings");
        assertThat(recovered.merge(failed).values())
                .isEqualTo(failed.merge(recovered).values());
    }

    private static ReceivedEvent campaign(String json) {
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        return new ReceivedEvent("io.millrace.campaign.completed", FIRST.key(), value, 0, 0);
    }

    @Test
    void completedPosterBringsItsWholeDocument() throws Exception {
        List<Row> document = EventMapper.map(LAST).document();

        assertThat(document.get(0).table()).isEqualTo(Table.POSTERS);
        assertThat(document.get(0).values()).containsEntry("width", 1080).containsEntry("preview_url", "sha256:ab");
        assertThat(document)
                .extracting(Row::table)
                .containsExactlyInAnyOrder(
                        Table.POSTERS,
                        Table.DESIGNS,
                        Table.LAYERS,
                        Table.POSTER_LAYERS,
                        Table.LAYERS,
                        Table.POSTER_LAYERS,
                        Table.ELEMENTS,
                        Table.ELEMENTS);
        assertThat(document.stream().filter(row -> row.table() == Table.LAYERS))
                .allSatisfy(row -> assertThat(row.values())
                        .containsEntry("blend_mode", "normal")
                        .containsEntry("opacity", 0.5));
    }

    @Test
    void badDocumentDoesNotTakeTheTaskWithIt() throws Exception {
        EventRows rows =
                EventMapper.map(changed(LAST, data -> ((ObjectNode) data.at("/result/poster")).remove("width")));

        assertThat(rows.rows().get(0).get("status")).isEqualTo("completed");
        assertThat(rows.document()).isEmpty();
        assertThat(rows.documentProblem()).contains("result.poster.width is missing");
    }

    @Test
    void resultOfAnotherKindOfTaskIsKeptAsItIs() throws Exception {
        EventRows rows = EventMapper.map(changed(LAST, data -> data.put("result", "plain")));

        assertThat(rows.rows().get(0).get("result")).isEqualTo("\"plain\"");
        assertThat(rows.documentProblem()).isNull();
    }

    @Test
    void longMessageIsCutAtACharacterAndNotInsideOne() throws Exception {
        EventRows rows = EventMapper.map(changed(FIRST, data -> data.put("message", "😀".repeat(501))));

        assertThat(rows.rows().get(0).get("message")).isEqualTo("😀".repeat(500));
    }

    @Test
    void computeOfAPhaseIsNotThatOfTheTask() throws Exception {
        ReceivedEvent phase = HISTORY.stream()
                .filter(e -> e.type().endsWith("phase_completed"))
                .findFirst()
                .orElseThrow();

        assertThat(EventMapper.map(phase).rows().get(0).get("compute_ms")).isNull();
        assertThat(EventMapper.map(LAST).rows().get(0).get("compute_ms")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"task_id", "user_id", "type", "version", "attempt", "step", "status", "phase", "progress", "time"})
    void missingCommonFieldIsNamed(String field) {
        assertRefused(changed(FIRST, data -> data.remove(field)), field + " is missing");
    }

    @Test
    void whatNoTableCouldTakeIsNamed() {
        assertRefused(
                changed(FIRST, data -> data.put("task_id", "t".repeat(65))),
                "id has 65 characters, the table takes 64");
        assertRefused(changed(FIRST, data -> data.put("task_id", "任务")), "other than visible ASCII");
        assertRefused(changed(FIRST, data -> data.put("user_id", "u".repeat(129))), "user_id has 129 characters");
        assertRefused(changed(FIRST, data -> data.put("version", 0)), "version counts from 1");
        assertRefused(changed(FIRST, data -> data.put("version", 1.5e30)), "version is no whole number");
        assertRefused(changed(FIRST, data -> data.put("step", 1L << 40)), "step is no whole number of 32 bits");
        assertRefused(changed(FIRST, data -> data.put("time", -1)), "time is no time");
        assertRefused(changed(FIRST, data -> data.put("status", "odd")), "status is none");
        assertRefused(new ReceivedEvent("t", FIRST.key(), "{oops".getBytes(StandardCharsets.UTF_8), 0, 0), "no JSON");
        assertRefused(new ReceivedEvent("t", FIRST.key(), new byte[0], 0, 0), "no JSON object");
        assertRefused(new ReceivedEvent("", FIRST.key(), FIRST.value(), 0, 0), "ce_type is missing");
    }

    private static void assertRefused(ReceivedEvent event, String reason) {
        assertThatThrownBy(() -> EventMapper.map(event))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining(reason);
    }

    private static ReceivedEvent changed(ReceivedEvent event, Consumer<ObjectNode> change) {
        ObjectNode data = History.data(event);
        change.accept(data);
        return History.with(event, data);
    }
}
