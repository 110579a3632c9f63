package io.millrace.local.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker and controller in this JVM. Arguments: data folder, port, controller port; the password of its clients is
 * taken from the environment, where other users of the machine do not see it.
 */
public final class BrokerMain {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerMain.class);
    /** Names the variable. */
    public static final String PASSWORD = "MILLRACE_BROKER_PASSWORD";

    private BrokerMain() {}

    /** @throws Exception when the folder cannot be formatted or the broker does not start */
    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            throw new IllegalArgumentException("give data folder, port and controller port");
        }
        String password = System.getenv().getOrDefault(PASSWORD, "");
        if (password.isBlank()) {
            throw new IllegalArgumentException(PASSWORD + " must be set");
        }
        Path folder = Path.of(args[0]).resolve("data");
        int controllerPort = Integer.parseInt(args[2]);
        format(folder);
        Map<String, Object> settings = BrokerSettings.of(folder, Integer.parseInt(args[1]), controllerPort, password);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "broker-stop"));
        server.startup();
        LOG.info("broker=started port={} folder={}", args[1], folder);
        server.awaitShutdown();
    }

    private static void format(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setNodeId(BrokerSettings.NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .setHasDynamicQuorum(false)
                    .setIgnoreFormatted(true)
                    .setPrintStream(System.out)
                    .run();
        } catch (Exception failed) {
            throw new IOException("the broker's folder " + folder + " could not be formatted", failed);
        }
    }

    private static void stop(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
        LOG.info("broker=stopped");
    }
}
