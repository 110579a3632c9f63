package io.millrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports, routes and labels lead where they are meant to. */
class PodsTest {
    private static final String EDGE = "api-edge/src/main/resources/application.yaml";
    private static final String SERVER =
            "inference-functions/src/main/java/io/millrace/inference/serve/FunctionServer.java";

    private final Cluster cluster = Cluster.example();

    @ParameterizedTest
    @CsvSource({"http,MILLRACE_EDGE_PORT", "rsocket,MILLRACE_RSOCKET_PORT"})
    void theEdgeListensOnItsPortsWhichAreItsDefaults(String port, String variable) {
        String told = cluster.environment("api-edge").get(variable);

        assertThat(port("api-edge", port)).hasToString(told);
        assertThat(Sources.one(EDGE, "\\$\\{" + variable + ":(\\d+)}")).isEqualTo(told);
        assertThat(cluster.environment("api-edge")).containsEntry("MILLRACE_HOST", "0.0.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inference", "inference-gpu"})
    void inferenceListensOnItsPortAndIsCalledThere(String pod) {
        Map<String, String> environment = cluster.environment(pod);
        Service service = cluster.one(Service.class, pod);

        assertThat(port(pod, "http")).hasToString(environment.get("MILLRACE_INFERENCE_PORT"));
        assertThat(environment).containsEntry("MILLRACE_INFERENCE_HOST", "0.0.0.0");
        assertThat(service.getSpec().getPorts().get(0).getPort()).isEqualTo(8080);
        assertThat(cluster.environment("orchestrator").get("MILLRACE_INFERENCE_URL"))
                .isEqualTo("http://inference:8080" + Sources.one(SERVER, "\\.post\\(\"([^\"]+)\""));
    }

    @Test
    void theEdgeIsAskedWhatItAnswers() {
        String settings = Sources.text(EDGE);

        assertThat(settings).containsPattern("probes:\\s+enabled: true").contains("include: health,prometheus");
        assertThat(asked("api-edge"))
                .containsExactlyInAnyOrder("/actuator/health/liveness", "/actuator/health/readiness");
        assertThat(scraped("api-edge")).isEqualTo("/actuator/prometheus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inference", "inference-gpu"})
    void inferenceIsAskedWhatItAnswers(String pod) {
        Set<String> routes = Sources.found(SERVER, "\\.get\\(\"([^\"]+)\"");

        assertThat(routes).containsAll(asked(pod)).contains(scraped("inference"));
        assertThat(Cluster.container(cluster.pod(pod))
                        .getReadinessProbe()
                        .getHttpGet()
                        .getPath())
                .isEqualTo("/health");
    }

    @Test
    void labelsFindPods() {
        Stream<Map<String, String>> selectors = Stream.of(
                        cluster.all(Service.class).stream()
                                .map(service -> service.getSpec().getSelector()),
                        cluster.all(PodDisruptionBudget.class).stream()
                                .map(budget -> budget.getSpec().getSelector().getMatchLabels()),
                        cluster.all(PodMonitor.class).stream()
                                .map(monitor -> monitor.getSpec().getSelector().getMatchLabels()),
                        cluster.all(NetworkPolicy.class).stream()
                                .map(policy -> policy.getSpec().getPodSelector().getMatchLabels()),
                        cluster.all(NetworkPolicy.class).stream()
                                .flatMap(policy -> policy.getSpec().getIngress().stream())
                                .flatMap(rule -> rule.getFrom().stream())
                                .filter(peer -> peer.getPodSelector() != null)
                                .map(peer -> peer.getPodSelector().getMatchLabels()),
                        cluster.pods().values().stream()
                                .flatMap(pod -> pod.getSpec().getTopologySpreadConstraints().stream())
                                .map(TopologySpreadConstraint::getLabelSelector)
                                .map(selector -> selector.getMatchLabels()))
                .flatMap(found -> found);

        assertThat(selectors.toList()).hasSizeGreaterThan(15).allMatch(cluster::isSomePod, "is some pod's");
    }

    @Test
    void servicesAndMonitorsNamePortsThatAreThere() {
        for (Service service : cluster.all(Service.class)) {
            List<String> ports = service.getSpec().getPorts().stream()
                    .map(port -> port.getTargetPort())
                    .map(IntOrString::getStrVal)
                    .toList();
            cluster.selected(service.getSpec().getSelector())
                    .forEach(pod -> assertThat(names(Cluster.container(pod))).containsAll(ports));
        }
        for (PodMonitor monitor : cluster.all(PodMonitor.class)) {
            String port = monitor.getSpec().getPodMetricsEndpoints().get(0).getPort();
            cluster.selected(monitor.getSpec().getSelector().getMatchLabels())
                    .forEach(pod -> assertThat(names(Cluster.container(pod))).contains(port));
        }
    }

    @Test
    void whatIsMountedIsThere() {
        cluster.pods().forEach((name, pod) -> {
            List<String> volumes =
                    pod.getSpec().getVolumes().stream().map(Volume::getName).toList();
            assertThat(volumes)
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(Cluster.container(pod).getVolumeMounts().stream()
                            .map(mount -> mount.getName())
                            .toList());
            pod.getSpec().getVolumes().stream()
                    .filter(volume -> volume.getPersistentVolumeClaim() != null)
                    .forEach(volume -> assertThat(cluster.one(
                                    PersistentVolumeClaim.class,
                                    volume.getPersistentVolumeClaim().getClaimName()))
                            .isNotNull());
        });
    }

    private int port(String pod, String name) {
        return Cluster.container(cluster.pod(pod)).getPorts().stream()
                .filter(port -> port.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getContainerPort();
    }

    private static List<String> names(Container container) {
        return container.getPorts().stream().map(ContainerPort::getName).toList();
    }

    private Set<String> asked(String pod) {
        Container container = Cluster.container(cluster.pod(pod));
        Set<String> asked = new TreeSet<>();
        for (Probe probe :
                List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())) {
            asked.add(probe.getHttpGet().getPath());
        }
        return asked;
    }

    private String scraped(String monitor) {
        return cluster.one(PodMonitor.class, monitor)
                .getSpec()
                .getPodMetricsEndpoints()
                .get(0)
                .getPath();
    }
}
