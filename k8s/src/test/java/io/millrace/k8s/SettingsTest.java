package io.millrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.orchestrator.config.OrchestratorConfig;
import io.millrace.orchestrator.config.StateBackend;
import io.millrace.readmodel.ReadModelConfig;
import io.millrace.schemas.config.KafkaAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs are told what they know, and all that they need. */
class SettingsTest {
    /** Read by the JVM, by libraries, or by Flink's S3 files. */
    private static final Set<String> OTHERS = Set.of(
            "JAVA_TOOL_OPTIONS",
            "OMP_NUM_THREADS",
            "DJL_CACHE_DIR",
            "AWS_REGION",
            "AWS_ENDPOINT_URL_S3",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY");

    private static final String EDGE = "api-edge/src/main/resources/application.yaml";
    private static final String INFERENCE = "inference-functions/src/main/java";
    private static final String KAFKA = "schemas/src/main/java/io/millrace/schemas/config/KafkaAccess.java";
    private static final String OPTION = "(?:find|required|number|duration)\\(\\s*\"([a-z0-9-]+)\"";

    private final Cluster cluster = Cluster.example();

    @TempDir
    private Path root;

    @Test
    void theEdgeKnowsItsVariables() {
        assertThat(Sources.found(EDGE, "\\$\\{(MILLRACE_[A-Z_]+)")).containsAll(given("api-edge"));
    }

    @Test
    void theEdgeIsToldWhateverElseWouldMeanThisMachine() {
        assertThat(given("api-edge"))
                .containsAll(Sources.found(EDGE, "\\$\\{(MILLRACE_[A-Z_]+):[^}]*127\\.0\\.0\\.1"))
                .contains("MILLRACE_EDGE_ID", "MILLRACE_ARTIFACTS", "MILLRACE_JWT_SECRET", "MILLRACE_LINK_SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inference", "inference-gpu"})
    void inferenceKnowsItsVariablesAndHasThoseItNeeds(String pod) {
        Set<String> known = Sources.found(INFERENCE, "\"(MILLRACE_[A-Z_]+)\"");
        if (!Sources.found(INFERENCE, "environment\\.get\\((KafkaAccess\\.VARIABLE)\\)")
                .isEmpty()) {
            known.add(KafkaAccess.VARIABLE);
        }

        assertThat(known).containsAll(given(pod));
        assertThat(given(pod))
                .containsAll(Sources.found(INFERENCE, "text\\(environment, \"(MILLRACE_[A-Z_]+)\"\\)"))
                .contains("MILLRACE_INFERENCE_HOST", "MILLRACE_INFERENCE_PORT");
    }

    @ParameterizedTest
    @CsvSource({"orchestrator,orchestrator", "readmodel,readmodel", "analytics,analytics"})
    void jobsKnowTheirOptions(String job, String module) {
        String sources = "flink-jobs/" + module + "/src/main/java";
        Set<String> known = Sources.found(sources, OPTION);
        if (!Sources.found(sources, "(KafkaAccess\\.of\\(options\\))").isEmpty()) {
            known.addAll(Sources.found(KAFKA, "(?:OPTION = |required\\()\"([a-z-]+)\""));
        }
        Set<String> told = new TreeSet<>();
        arguments(job)
                .forEach(argument -> told.add(argument.replaceFirst("^--", "").replaceFirst("=.*", "")));
        given(job).forEach(variable -> told.add(option(variable)));
        // Any function may have a token of its own; ScalerTest holds them against the functions.
        told.removeIf(name -> name.startsWith("inference-token-"));

        assertThat(known).containsAll(told);
    }

    @Test
    void theOrchestratorTakesWhatItIsTold() throws IOException {
        OrchestratorConfig config =
                OrchestratorConfig.of(arguments("orchestrator").toArray(String[]::new), environment("orchestrator"));

        assertThat(config.checkpoints().backend()).isEqualTo(StateBackend.ROCKSDB);
        assertThat(config.definitions()).hasToString("/etc/millrace/definitions");
        assertThat(config.kafka().access().security()).containsKey("sasl.jaas.config");
        assertThat(config.inference().url()).hasToString("http://inference:8080/functions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orchestrator", "api-edge"})
    void definitionsAreWhereTheyAreLookedFor(String pod) {
        String folder = cluster.environment(pod).getOrDefault("MILLRACE_DEFINITIONS", "nowhere");

        assertThat(PodFiles.of(cluster, pod).origin(folder + "/lanes.yaml"))
                .isEqualTo(new PodFiles.Origin("ConfigMap", "definitions", "lanes.yaml"));
    }

    @Test
    void theReadModelTakesWhatItIsTold() throws IOException {
        ReadModelConfig config =
                ReadModelConfig.of(arguments("readmodel").toArray(String[]::new), environment("readmodel"));

        assertThat(config.kafka().security()).containsKey("sasl.jaas.config");
        assertThat(config.database().password()).isEqualTo("secret");
    }

    @Test
    void aJobWithAnUnknownOptionWouldNotStart() throws IOException {
        Map<String, String> environment = environment("readmodel");

        assertThatThrownBy(() -> ReadModelConfig.of(new String[] {"--flush-evnts=1"}, environment))
                .hasMessageContaining("flush-evnts");
    }

    @Test
    void nobodyIsToldByAccident() {
        // Kubernetes sets variables named after Services, MILLRACE_* among them were a Service called so.
        cluster.pods()
                .forEach((name, pod) -> assertThat(pod.getSpec().getEnableServiceLinks())
                        .as(name)
                        .isFalse());
    }

    private List<String> arguments(String job) {
        return List.of(
                cluster.one(FlinkDeployment.class, job).getSpec().getJob().getArgs());
    }

    /** What the pod is told; its files lie below a folder of the test. */
    private Map<String, String> environment(String pod) throws IOException {
        PodFiles.of(cluster, pod).layOut(root, Map.of());
        Map<String, String> environment = cluster.environment(pod);
        environment.computeIfPresent(
                KafkaAccess.VARIABLE,
                (variable, file) -> PodFiles.below(root, Path.of(file)).toString());
        return environment;
    }

    private Set<String> given(String pod) {
        Map<String, String> environment = cluster.environment(pod);
        Set<String> names = new LinkedHashSet<>(environment.keySet());
        names.removeAll(OTHERS);
        return names;
    }

    private static String option(String variable) {
        return variable.replaceFirst("^MILLRACE_", "").toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
