package io.millrace.local.probe;

import io.millrace.local.broker.Topics;
import io.millrace.schemas.config.KafkaAccess;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/** Ready when the broker has its topics and answers; the first good answer creates the topics. */
final class BrokerProbe implements Probe {
    private static final long DEADLINE_SECONDS = 3;
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final KafkaAccess kafka;
    private @Nullable Admin admin;
    private boolean hasTopics;

    BrokerProbe(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    @Override
    public boolean isReady() throws Exception {
        Admin client = client();
        client.describeCluster().nodes().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (!hasTopics) {
            Topics.create(client);
            hasTopics = true;
        }
        return true;
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(CLOSE);
            admin = null;
        }
    }

    private Admin client() {
        if (admin == null) {
            admin = Admin.create(kafka.client(Map.of(
                    AdminClientConfig.CLIENT_ID_CONFIG, "millrace-supervisor",
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "2500",
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "20000",
                    AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, "100",
                    AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500")));
        }
        return admin;
    }
}
