package io.millrace.local.broker;

import io.millrace.schemas.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Settings of a broker that is alone, small, and must not forget a transaction that waits for a recovery. */
final class BrokerSettings {
    static final int NODE = 1;
    static final String CONTROLLER = "CONTROLLER";
    private static final String CLIENTS = "CLIENTS";
    private static final String MECHANISM = "PLAIN";
    /** The events sink asks for 24 h: a little more must be allowed. */
    private static final Duration TRANSACTION = Duration.ofHours(25);
    /** Ids outlive a transaction; each checkpoint leaves one, and the broker keeps them all in memory. */
    private static final Duration TRANSACTION_ID = Duration.ofHours(26);

    private static final int MIB = 1 << 20;

    private BrokerSettings() {}

    static Map<String, Object> of(Path folder, int port, int controllerPort, String password) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        settings.put(
                "listeners", CLIENTS + "://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", CLIENTS + "://127.0.0.1:" + port);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("inter.broker.listener.name", CLIENTS);
        closed(settings, password);
        settings.put("log.dirs", folder.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("transaction.max.timeout.ms", Long.toString(TRANSACTION.toMillis()));
        settings.put("transactional.id.expiration.ms", Integer.toString(clamp(TRANSACTION_ID)));
        settings.put("message.max.bytes", Integer.toString(Topic.MAX_MESSAGE_BYTES));
        alone(settings);
        small(settings);
        return settings;
    }

    /** Nobody is let in without the password, on either listener. */
    private static void closed(Map<String, Object> settings, String password) {
        settings.put("listener.security.protocol.map", CLIENTS + ":SASL_PLAINTEXT," + CONTROLLER + ":SASL_PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", MECHANISM);
        settings.put("sasl.mechanism.inter.broker.protocol", MECHANISM);
        settings.put("sasl.mechanism.controller.protocol", MECHANISM);
        for (String listener : new String[] {CLIENTS, CONTROLLER}) {
            settings.put(
                    "listener.name." + listener.toLowerCase(Locale.ROOT) + ".plain.sasl.jaas.config",
                    BrokerLogin.broker(password));
        }
    }

    private static void alone(Map<String, Object> settings) {
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "1");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
    }

    private static void small(Map<String, Object> settings) {
        settings.put("log.segment.bytes", Integer.toString(64 * MIB));
        settings.put("metadata.log.segment.bytes", Integer.toString(16 * MIB));
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * MIB));
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
    }

    /** The setting is an int of milliseconds: at most 24.8 days. */
    private static int clamp(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }
}
