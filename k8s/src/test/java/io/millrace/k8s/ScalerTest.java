package io.millrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.FunctionEndpoint;
import io.millrace.schemas.workflow.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the autoscaler asks for is measured, and what the lanes and functions are told is sound. */
class ScalerTest {
    private static final String ENGINE = "flink-jobs/engine/src/main/java";
    private static final String ADDRESSES =
            "flink-jobs/orchestrator/src/main/java/io/millrace/orchestrator/function/Addresses.java";
    /** How Flink's Prometheus reporter names what an operator measures, and StateFun the group of all functions below it. */
    private static final String FUNCTIONS = "flink_taskmanager_job_task_operator_functions_";

    private final Cluster cluster = Cluster.example();

    @ParameterizedTest
    @ValueSource(strings = {"inference", "inference-gpu"})
    void theQueueIsThatOfLanesWhichAreMeasured(String scaler) {
        Matcher query =
                query(scaler, "waiting", "sum\\(\\{__name__=~\"(\\w+_)\\(([a-z_|]+)\\)\", namespace=\"millrace\"}\\)");

        assertThat(query.group(1)).isEqualTo(FUNCTIONS + namespace() + "_" + laneFunction() + "_" + gauge());
        assertThat(lanes()).containsAll(List.of(query.group(2).split("\\|")));
    }

    @Test
    void theQueueOfTheCpusIsAllLanes() {
        Matcher query = query("inference", "waiting", ".*\\(()([a-z_|]+)\\).*");

        assertThat(Set.of(query.group(2).split("\\|"))).isEqualTo(lanes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"inference", "inference-gpu"})
    void theItemsInFlightAreMeasured(String scaler) {
        Matcher query =
                query(scaler, "in-flight", "sum\\(([a-z_]+)\\{namespace=\"millrace\", pod=~\"([a-z-]+)-\\[.*\"}\\)");
        Set<String> gauges = Sources.found("inference-functions/src/main/java", "\\.gauge\\(\"([a-z.]+)\"");

        assertThat(gauges).contains(query.group(1).replace('_', '.'));
        assertThat(query.group(2)).isEqualTo(scaler);
    }

    @Test
    void whatIsScaledIsThereAndDoesNotSayHowOften() {
        for (ScaledObject scaler : cluster.all(ScaledObject.class)) {
            Deployment scaled =
                    cluster.one(Deployment.class, scaler.spec().scaleTargetRef().name());
            assertThat(scaled.getSpec().getReplicas()).isNull();
        }
    }

    @Test
    void theDefinitionsAreSoundAndTheFunctionsElsewhereHaveTheirTokens(@TempDir Path folder) throws IOException {
        for (Map.Entry<String, String> file :
                cluster.one(ConfigMap.class, "definitions").getData().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Set<String> elsewhere = new TreeSet<>();
        for (FunctionEndpoint function : Definitions.shippedAnd(folder).functions()) {
            if (function.url() != null) {
                assertThat(function.url()).hasToString("http://inference-gpu:8080/functions");
                elsewhere.add("MILLRACE_INFERENCE_TOKEN_" + function.name().toUpperCase(Locale.ROOT));
            }
        }
        Set<String> told = new TreeSet<>(cluster.environment("orchestrator").keySet());
        told.removeIf(name -> !name.startsWith("MILLRACE_INFERENCE_TOKEN_"));

        assertThat(told).isEqualTo(elsewhere).isNotEmpty();
    }

    private Matcher query(String scaler, String trigger, String pattern) {
        String query = cluster.all(ScaledObject.class).stream()
                .filter(found -> found.metadata().getName().equals(scaler))
                .flatMap(found -> found.spec().triggers().stream())
                .filter(found -> found.name().equals(trigger))
                .map(found -> Objects.requireNonNull(found.metadata().get("query")))
                .findFirst()
                .orElseThrow();
        Matcher matcher = Pattern.compile(pattern).matcher(query);
        assertThat(matcher.matches()).as(query).isTrue();
        return matcher;
    }

    private static Set<String> lanes() {
        Set<String> lanes = new TreeSet<>();
        Definitions.shipped().lanes().stream().map(Lane::name).forEach(lanes::add);
        return lanes;
    }

    private static String namespace() {
        return Sources.one(ADDRESSES, "NAMESPACE = \"(\\w+)\"");
    }

    private static String laneFunction() {
        return Sources.one(ADDRESSES, "LANE = new FunctionType\\(NAMESPACE, \"(\\w+)\"\\)");
    }

    private static String gauge() {
        return Sources.one(ENGINE, "new Effect.Gauge\\(\"(lane_waiting_)\" \\+ lane.name\\(\\)");
    }
}
