package io.millrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.millrace.schemas.config.KafkaAccess;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.KafkaResources;
import io.strimzi.api.kafka.model.kafka.listener.GenericKafkaListener;
import io.strimzi.api.kafka.model.kafka.listener.KafkaListenerAuthenticationScramSha512;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms convince the Kafka that is there, each with what its own pod has. */
class KafkaTest {
    private static final Cluster CLUSTER = Cluster.example();
    private static final String LOGIN =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"kafka-user\" password=\"p\";";

    static Set<String> rooms() {
        return CLUSTER.pods().keySet();
    }

    @Test
    void theseAreTheRooms() {
        assertThat(rooms())
                .containsExactlyInAnyOrder(
                        "api-edge", "inference", "inference-gpu", "orchestrator", "readmodel", "analytics");
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aClientOfTheRoomHasThePasswordAndTrustsTheAuthority(String room, @TempDir Path root) throws Exception {
        PodFiles.of(CLUSTER, room)
                .layOut(
                        root,
                        Map.of("kafka-user/sasl.jaas.config", LOGIN, "kafka-cluster-ca-cert/ca.crt", authority()));
        Path file = PodFiles.below(root, Path.of(told(room)));

        KafkaAccess access = KafkaAccess.of("127.0.0.1:1", file.toString());

        assertThat(new AdminClientConfig(access.client(Map.of()))
                        .getPassword("sasl.jaas.config")
                        .value())
                .isEqualTo(LOGIN);
        // Reads the password and the certificates as every client does; it asks no broker.
        Admin.create(access.client(Map.of())).close(Duration.ZERO);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void whatTheFileNamesComesFromTheSecretsThatStrimziMakes(String room) {
        PodFiles files = PodFiles.of(CLUSTER, room);

        assertThat(files.origin(told(room)))
                .isEqualTo(new PodFiles.Origin("ConfigMap", "kafka-client", "kafka.properties"));
        assertThat(named()).hasSize(2).map(files::origin).allSatisfy(origin -> {
            assertThat(origin.kind()).isEqualTo("Secret");
            assertThat(Strimzi.secrets(CLUSTER)).contains(origin.name() + "/" + origin.key());
        });
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void filesAreForThePodsGroupToReadAndForNobodyToWrite(String room) {
        PodTemplateSpec pod = CLUSTER.pod(room);
        Set<String> read = new TreeSet<>();
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getSecret() != null) {
                assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440);
            }
            if (volume.getSecret() != null || volume.getConfigMap() != null) {
                read.add(volume.getName());
            }
        }

        assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSpec().getSecurityContext().getFsGroup()).isPositive();
        assertThat(Cluster.container(pod).getVolumeMounts())
                .filteredOn(mount -> read.contains(mount.getName()))
                .hasSizeGreaterThan(2)
                .allMatch(VolumeMount::getReadOnly, "is read only");
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void noMountLiesInAnother(String room) {
        List<Path> mounts = Cluster.container(CLUSTER.pod(room)).getVolumeMounts().stream()
                .map(mount -> Path.of(mount.getMountPath()))
                .toList();

        for (Path mount : mounts) {
            assertThat(mounts).filteredOn(mount::startsWith).containsExactly(mount);
        }
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void theBrokersListenWhereTheRoomCallsAndAsItSpeaks(String room) {
        GenericKafkaListener listener = listener();

        assertThat(CLUSTER.environment(room))
                .containsEntry(
                        "MILLRACE_KAFKA", KafkaResources.bootstrapServiceName("kafka") + ":" + listener.getPort());
        assertThat(listener.isTls()).isTrue();
        assertThat(listener.getAuth()).isInstanceOf(KafkaListenerAuthenticationScramSha512.class);
        assertThat(properties())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
    }

    @Test
    void theBrokersLetAllRoomsThroughAndNobodyElse() {
        List<Map<String, String>> peers = listener().getNetworkPolicyPeers().stream()
                .map(NetworkPolicyPeer::getPodSelector)
                .map(selector -> selector.getMatchLabels())
                .toList();

        assertThat(peers).allMatch(CLUSTER::isSomePod, "is some pod's");
        assertThat(peers.stream().flatMap(CLUSTER::selected))
                .hasSameSizeAs(rooms())
                .containsAll(CLUSTER.pods().values());
    }

    @Test
    void theDocumentationShowsThisFile() {
        String section = Sources.text("docs/security.md")
                .replaceFirst("(?s).*\n## Kafka\n", "")
                .replaceFirst("(?s)\n## .*", "");

        assertThat(section.lines()
                        .filter(line -> line.startsWith("    "))
                        .map(line -> line.substring(4) + "\n")
                        .collect(Collectors.joining()))
                .isEqualTo(file());
    }

    private static String told(String room) {
        return CLUSTER.environment(room).getOrDefault(KafkaAccess.VARIABLE, KafkaAccess.VARIABLE + " is not set");
    }

    private static GenericKafkaListener listener() {
        List<GenericKafkaListener> listeners =
                CLUSTER.one(Kafka.class, "kafka").getSpec().getKafka().getListeners();
        assertThat(listeners).hasSize(1);
        return listeners.get(0);
    }

    private static String file() {
        return Objects.requireNonNull(
                CLUSTER.one(ConfigMap.class, "kafka-client").getData().get("kafka.properties"));
    }

    private static Properties properties() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /** The files that the properties name, by a provider or as a place. */
    private static Set<String> named() {
        Set<String> named = new TreeSet<>();
        properties().forEach((name, value) -> {
            Matcher provided =
                    Pattern.compile("\\$\\{directory:([^:}]+):([^}]+)}").matcher(value.toString());
            while (provided.find()) {
                named.add(provided.group(1) + "/" + provided.group(2));
            }
            if (name.toString().endsWith(".location")) {
                named.add(value.toString());
            }
        });
        return named;
    }

    /** Some certificate, as the Secret has it: one that Java itself trusts. */
    private static String authority() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        X509TrustManager manager = Stream.of(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(manager.getAcceptedIssuers()[0].getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
