package io.millrace.orchestrator.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.config.KafkaSettings;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.topic.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class KafkaSinksTest {
    @Test
    void aProducerSendsWhateverTheTopicsTake() {
        KafkaSettings kafka = new KafkaSettings(new KafkaAccess("127.0.0.1:9092", Map.of()), Duration.ofHours(1));

        Properties producer = KafkaSinks.producer(kafka, 3, 1024);

        assertThat(producer.get("max.request.size")).hasToString(Integer.toString(Topic.MAX_REQUEST_BYTES));
        // LZ4 adds some bytes to each of its blocks when it cannot compress.
        assertThat(Topic.MAX_REQUEST_BYTES).isBetween(4_000_000, Topic.MAX_MESSAGE_BYTES - 16 * 1024);
    }
}
