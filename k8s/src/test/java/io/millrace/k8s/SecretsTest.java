package io.millrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.openshift.api.model.monitoring.v1.PodMetricsEndpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private final Cluster cluster = Cluster.example();

    @Test
    void everySecretThatIsUsedIsInTheExampleOrMadeByStrimziAndNoOther() {
        Set<String> brought = new TreeSet<>(used());
        brought.removeAll(Strimzi.secrets(cluster));

        assertThat(brought).isEqualTo(exemplified());
    }

    @Test
    void theReadmeNamesEverySecret() {
        String readme = Sources.text("k8s/README.md");

        for (Secret secret : cluster.all(Secret.class)) {
            String row = "| `" + secret.getMetadata().getName() + "` | "
                    + String.join(", ", secret.getStringData().keySet());
            assertThat(readme).contains(row);
        }
        for (String made : used()) {
            if (Strimzi.secrets(cluster).contains(made)) {
                assertThat(readme).contains("| `" + made.replace("/", "` | ") + " |");
            }
        }
    }

    @Test
    void noneIsReal() {
        cluster.all(Secret.class)
                .forEach(secret -> assertThat(secret.getStringData().values())
                        .allMatch(value -> value.endsWith("REPLACE"), "is a placeholder"));
    }

    @Test
    void theBaseHasNone() {
        assertThat(Cluster.of("base").all(Secret.class)).isEmpty();
    }

    private Set<String> used() {
        Set<String> used = new TreeSet<>();
        for (PodTemplateSpec pod : cluster.pods().values()) {
            for (EnvVar variable : Cluster.container(pod).getEnv()) {
                if (variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() != null) {
                    used.add(name(variable.getValueFrom().getSecretKeyRef()));
                }
            }
        }
        cluster.pods()
                .keySet()
                .forEach(pod -> used.addAll(PodFiles.of(cluster, pod).secrets()));
        for (PodMonitor monitor : cluster.all(PodMonitor.class)) {
            for (PodMetricsEndpoint endpoint : monitor.getSpec().getPodMetricsEndpoints()) {
                if (endpoint.getAuthorization() != null) {
                    used.add(name(endpoint.getAuthorization().getCredentials()));
                }
            }
        }
        cluster.all(Ingress.class)
                .forEach(ingress -> ingress.getSpec().getTls().forEach(tls -> {
                    used.add(tls.getSecretName() + "/tls.crt");
                    used.add(tls.getSecretName() + "/tls.key");
                }));
        return used;
    }

    private static String name(SecretKeySelector selector) {
        return selector.getName() + "/" + selector.getKey();
    }

    private Set<String> exemplified() {
        Set<String> keys = new TreeSet<>();
        for (Secret secret : cluster.all(Secret.class)) {
            secret.getStringData()
                    .keySet()
                    .forEach(key -> keys.add(secret.getMetadata().getName() + "/" + key));
        }
        return keys;
    }
}
