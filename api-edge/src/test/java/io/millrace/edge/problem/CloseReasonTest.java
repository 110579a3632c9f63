package io.millrace.edge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class CloseReasonTest {
    @Test
    void theAsyncApiDocumentNamesEveryCodeAndReason() throws IOException {
        Map<?, ?> closed = in(in(in(in(document(), "components"), "messages"), "closed"), "payload");
        Map<?, ?> fields = in(closed, "properties");

        assertThat(in(fields, "code").get("enum"))
                .isEqualTo(Arrays.stream(CloseReason.values())
                        .map(CloseReason::code)
                        .toList());
        assertThat(in(fields, "reason").get("enum"))
                .isEqualTo(Arrays.stream(CloseReason.values())
                        .map(CloseReason::text)
                        .toList());
    }

    private static Map<?, ?> in(Map<?, ?> node, String name) {
        return (Map<?, ?>) Objects.requireNonNull(node.get(name));
    }

    private static Map<?, ?> document() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(CloseReasonTest.class.getResourceAsStream("/millrace/asyncapi.yaml"))) {
            return new Yaml().load(in);
        }
    }
}
