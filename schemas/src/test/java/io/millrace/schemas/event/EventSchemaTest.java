package io.millrace.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SCHEMAS =
            List.of("task-event.schema.json", "campaign-event.schema.json", "metrics-minute.schema.json");

    @ParameterizedTest
    @EnumSource
    void everyTypeHasAValidSample(EventType type) throws IOException {
        JsonNode sample = json("samples/" + type.name().toLowerCase(Locale.ROOT) + ".json");

        assertThat(schema(schemaOf(type)).validate(sample)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "^(?!CAMPAIGN_).*")
    void sampleOfAnEndIsInFull(EventType type) throws IOException {
        JsonNode sample = json("samples/" + type.name().toLowerCase(Locale.ROOT) + ".json");

        boolean over = TaskStatus.ofWireName(sample.path("status").textValue()).terminal();
        assertThat(type.terminal() ? over : !over || type == EventType.DELETED).isTrue();
        for (String field : List.of("completed_at", "created_at", "input_params", "phase_results", "timings")) {
            assertThat(!type.terminal() || sample.has(field)).as(field).isTrue();
        }
    }

    @Test
    void minuteHasAValidSample() throws IOException {
        assertThat(schema("metrics-minute.schema.json").validate(json("samples/metrics_minute.json")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"surprise\":1}",
                "{\"version\":0}",
                "{\"status\":\"odd\"}",
                "{\"task_id\":\"7\"}",
                "{\"phase_results\":{}}",
                "{\"phase_results\":[{\"phase\":\"p\",\"round\":0,\"input_hash\":\"XY\"}]}",
                "{\"error\":{\"code\":\"TIMEOUT\"}}"
            })
    void whatTheSchemaForbidsIsNotValid(String change) throws IOException {
        ObjectNode sample = (ObjectNode) json("samples/failed.json");
        sample.setAll((ObjectNode) JSON.readTree(change));

        assertThat(schema("task-event.schema.json").validate(sample)).isNotEmpty();
    }

    /** Of very many items that failed the engine says of the first hundred why: a record has an end. */
    @Test
    void itemsThatFailedMayBeWithoutAMessage() throws IOException {
        ObjectNode sample = (ObjectNode) json("samples/failed.json");
        sample.set(
                "phase_results",
                JSON.readTree("[{\"phase\":\"p\",\"round\":0,\"input_hash\":\"00\","
                        + "\"items\":[{\"index\":0,\"error\":{\"code\":\"TIMEOUT\"}}]}]"));

        assertThat(schema("task-event.schema.json").validate(sample)).isEmpty();
    }

    /** What a reader of the page looks up: a field that no schema has, or that the page leaves out, is a lie. */
    @Test
    void pageNamesEveryTypeAndEveryField() throws IOException {
        String page = Files.readString(Path.of("../docs/events.md"));
        for (EventType type : EventType.values()) {
            assertThat(page).contains("`" + type.wireName() + "`");
        }
        for (String schema : SCHEMAS) {
            json(schema)
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(field -> assertThat(page).contains("`" + field + "`"));
        }
    }

    private static String schemaOf(EventType type) {
        return type.wireName().startsWith("io.millrace.campaign.") ? SCHEMAS.get(1) : SCHEMAS.get(0);
    }

    private static JsonSchema schema(String name) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(resource(name));
    }

    private static JsonNode json(String name) throws IOException {
        return JSON.readTree(resource(name));
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(EventSchemaTest.class.getResourceAsStream("/millrace/events/" + name), name);
    }
}
