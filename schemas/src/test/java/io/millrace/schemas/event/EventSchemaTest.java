package io.millrace.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(resource("task-event.schema.json"));

    @ParameterizedTest
    @ValueSource(strings = {"submitted", "phase_completed", "failed"})
    void samplesAreValid(String sample) throws IOException {
        assertThat(schema.validate(JSON.readTree(resource("samples/" + sample + ".json"))))
                .isEmpty();
    }

    @Test
    void anUnknownFieldIsNotValid() throws IOException {
        assertThat(schema.validate(JSON.readTree("{\"surprise\": 1}"))).isNotEmpty();
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(EventSchemaTest.class.getResourceAsStream("/millrace/events/" + name), name);
    }
}
