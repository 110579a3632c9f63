package io.millrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.topic.Topic;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicsTest {
    private static final String BROKER = "local/src/main/java/io/millrace/local/broker/BrokerSettings.java";

    private final Cluster cluster = Cluster.example();

    @Test
    void thereAreThoseThatTheCodeKnows() {
        List<String> names = cluster.all(KafkaTopic.class).stream()
                .map(topic -> topic.getMetadata().getName())
                .toList();

        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Topic.values()).map(Topic::topicName).toList());
    }

    @ParameterizedTest
    @EnumSource
    void eachIsAsTheCodeHasIt(Topic topic) {
        KafkaTopic manifest = cluster.one(KafkaTopic.class, topic.topicName());
        Map<String, Object> config = manifest.getSpec().getConfig();

        assertThat(manifest.getSpec().getPartitions()).isEqualTo(topic.partitions());
        assertThat(number(config, "retention.ms")).isEqualTo(topic.retention().toMillis());
        assertThat(config.get("cleanup.policy")).isEqualTo("delete");
        assertThat(number(config, "max.message.bytes")).isEqualTo(Topic.MAX_MESSAGE_BYTES);
        assertThat(number(config, "min.insync.replicas"))
                .isLessThan(manifest.getSpec().getReplicas())
                .isGreaterThan(1);
    }

    @Test
    void theBrokersAllowWhatTheLocalOneAllows() {
        Map<String, Object> config =
                cluster.one(Kafka.class, "kafka").getSpec().getKafka().getConfig();

        assertThat(number(config, "message.max.bytes")).isEqualTo(Topic.MAX_MESSAGE_BYTES);
        assertThat(number(config, "transaction.max.timeout.ms")).isEqualTo(hours("TRANSACTION"));
        assertThat(number(config, "transactional.id.expiration.ms")).isEqualTo(hours("TRANSACTION_ID"));
        assertThat(config.get("auto.create.topics.enable")).isEqualTo("false");
    }

    @Test
    void theBrokersAreOfTheVersionThatIsTested() {
        assertThat(cluster.one(Kafka.class, "kafka").getSpec().getKafka().getVersion())
                .isEqualTo(Sources.one("pom.xml", "<kafka.broker.version>(.+)</"));
    }

    private static long number(Map<String, Object> config, String name) {
        return Long.parseLong(String.valueOf(config.get(name)));
    }

    private static long hours(String constant) {
        return Duration.ofHours(Long.parseLong(Sources.one(BROKER, " " + constant + " = Duration.ofHours\\((\\d+)\\)")))
                .toMillis();
    }
}
