package io.millrace.local.broker;

import io.millrace.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of Millrace as {@link Topic} has them; those that exist stay as they are. */
public final class Topics {
    private static final short REPLICAS = 1;
    private static final long DEADLINE_SECONDS = 20;

    private Topics() {}

    /**
     * @throws ExecutionException when the broker refuses one
     * @throws TimeoutException when the broker does not answer in 20 s
     */
    public static void create(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        Collection<String> there = admin.listTopics().names().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        List<NewTopic> missing = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (!there.contains(topic.topicName())) {
                missing.add(new NewTopic(topic.topicName(), topic.partitions(), REPLICAS).configs(settings(topic)));
            }
        }
        try {
            admin.createTopics(missing).all().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw failed;
            }
        }
    }

    private static Map<String, String> settings(Topic topic) {
        return Map.of(
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(topic.retention().toMillis()),
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE);
    }
}
