package io.millrace.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.topic.Topic;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The AsyncAPI document says what the code says. */
class AsyncApiTest {
    private final Map<String, Object> document = document();

    @Test
    void everyTopicIsAChannelWithItsAddress() {
        List<@Nullable Object> addresses = map(document.get("channels")).values().stream()
                .map(channel -> map(channel).get("address"))
                .toList();

        for (Topic topic : Topic.values()) {
            assertThat(addresses).contains(topic.topicName());
        }
    }

    @Test
    void everyEventTypeIsAMessage() {
        List<String> names = new ArrayList<>();
        map(map(document.get("components")).get("messages"))
                .values()
                .forEach(message -> names.add(String.valueOf(map(message).get("name"))));

        for (EventType type : EventType.values()) {
            assertThat(names).contains(type.wireName());
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        collect(document, references);

        assertThat(references).hasSizeGreaterThan(40);
        for (String reference : references) {
            if (reference.startsWith("#/")) {
                assertThat(find(reference)).as(reference).isNotNull();
            } else {
                assertThat(AsyncApiTest.class.getResource("/millrace/" + reference))
                        .as(reference)
                        .isNotNull();
            }
        }
    }

    @Test
    void aGapAndASnapshotOfAllTasksAreTaskEvents() {
        Map<String, Object> payload = payload("task_event");

        assertThat(payload.get("required")).isEqualTo(List.of("event"));
        assertThat(map(payload.get("properties")))
                .containsKeys("from", "to", "skipped", "reason", "tasks", "phase_progress", "level", "custom_id");
        assertThat(map(map(find("#/components/schemas/message_data")).get("properties")))
                .containsKeys("from", "to", "skipped", "reason", "level", "error_code");
    }

    @Test
    void everySocketAndRouteOfNotificationsIsAChannel() {
        List<@Nullable Object> addresses = map(document.get("channels")).values().stream()
                .map(channel -> map(channel).get("address"))
                .toList();

        assertThat(addresses).contains("/ws", "/ws/notifications", "notifications");
    }

    private Map<String, Object> payload(String message) {
        return map(map(find("#/components/messages/" + message)).get("payload"));
    }

    private @Nullable Object find(String reference) {
        Object found = document;
        for (String part : reference.substring(2).split("/")) {
            if (!(found instanceof Map<?, ?> inner)) {
                return null;
            }
            found = inner.get(part);
        }
        return found;
    }

    private static void collect(@Nullable Object node, List<String> references) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if ("$ref".equals(key)) {
                    references.add(String.valueOf(value));
                } else {
                    collect(value, references);
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> collect(item, references));
        }
    }

    @SuppressWarnings("unchecked") // YAML gives maps by name
    private static Map<String, Object> map(@Nullable Object node) {
        return (Map<String, Object>) Objects.requireNonNull(node);
    }

    private static Map<String, Object> document() {
        InputStream in = Objects.requireNonNull(AsyncApiTest.class.getResourceAsStream("/millrace/asyncapi.yaml"));
        return new Yaml().load(in);
    }
}
