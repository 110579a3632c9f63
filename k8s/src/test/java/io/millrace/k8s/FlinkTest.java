package io.millrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.millrace.schemas.config.Durations;
import io.strimzi.api.kafka.model.kafka.Kafka;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.JobSpec;
import org.apache.flink.kubernetes.operator.api.spec.UpgradeMode;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Flink that is configured is the one that the jobs expect. */
class FlinkTest {
    private static final Cluster CLUSTER = Cluster.example();

    static Stream<Named<FlinkDeployment>> jobs() {
        return CLUSTER.all(FlinkDeployment.class).stream()
                .map(job -> Named.of(job.getMetadata().getName(), job));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void theMainClassIsThere(FlinkDeployment job) {
        String path = job.getSpec().getJob().getEntryClass().replace('.', '/') + ".java";

        assertThat(Sources.ROOT.resolve("flink-jobs/" + job.getMetadata().getName() + "/src/main/java/" + path))
                .isRegularFile();
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void itsVersionIsTheBuilds(FlinkDeployment job) {
        String version = Sources.one("pom.xml", "<flink.version>(.+)</");

        assertThat(version.replace('.', '_'))
                .startsWith(job.getSpec().getFlinkVersion().name().substring(1) + "_");
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void stateOutlivesTheCluster(FlinkDeployment job) {
        Map<String, String> settings = job.getSpec().getFlinkConfiguration();
        String folder = "s3://millrace-flink/" + job.getMetadata().getName() + "/";

        assertThat(settings.get("high-availability.type")).isEqualTo("kubernetes");
        assertThat(settings)
                .containsEntry("high-availability.storageDir", folder + "ha")
                .containsEntry("state.checkpoints.dir", folder + "checkpoints")
                .containsEntry("state.savepoints.dir", folder + "savepoints");
        assertThat(job.getSpec().getJob().getUpgradeMode()).isEqualTo(UpgradeMode.SAVEPOINT);
        assertThat(CLUSTER.one(ServiceAccount.class, job.getSpec().getServiceAccount()))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void theOperatorAndTheJobAgreeOnTheParallelism(FlinkDeployment job) {
        JobSpec spec = job.getSpec().getJob();

        assertThat(argument(spec, "parallelism", "1")).isEqualTo(String.valueOf(spec.getParallelism()));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void bothManagersAreMadeOfTheSamePod(FlinkDeployment job) {
        // The job's main runs in the JobManager, most clients of Kafka in the TaskManagers: files must be in both.
        assertThat(job.getSpec().getJobManager().getPodTemplate()).isNull();
        assertThat(job.getSpec().getTaskManager().getPodTemplate()).isNull();
        assertThat(Cluster.container(job.getSpec().getPodTemplate()).getName()).isEqualTo("flink-main-container");
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void theJvmsHaveTheFlagsOfTheLocalOnes(FlinkDeployment job) {
        String given = job.getSpec().getFlinkConfiguration().getOrDefault("env.java.opts.all", "");
        String limits = "local/src/main/java/io/millrace/local/room/JvmLimits.java";

        assertThat(List.of(given.split("\\s+")))
                .containsAll(Sources.found(limits, "\"(--add-opens=[^\"]+)\""))
                .containsAll(Sources.found(limits, "\"(-Dcom.google.protobuf[^\"]+)\""));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void rocksFitsIntoTheMemoryThatFlinkLeavesFree(FlinkDeployment job) {
        Map<String, String> settings = job.getSpec().getFlinkConfiguration();
        JobSpec spec = job.getSpec().getJob();
        if (!argument(spec, "state-backend", "hashmap").equals("rocksdb")) {
            return;
        }
        int slots = Integer.parseInt(settings.get("taskmanager.numberOfTaskSlots"));
        int each = Integer.parseInt(argument(spec, "rocksdb-memory-mib", "256"));

        assertThat(MemorySize.parse(settings.get("taskmanager.memory.jvm-overhead.min")))
                .isGreaterThanOrEqualTo(MemorySize.ofMebiBytes((long) slots * each + 256));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void theBrokersAllowItsTransactions(FlinkDeployment job) {
        Duration asked = Durations.parse(argument(job.getSpec().getJob(), "transaction-timeout", "24h"));
        Map<String, Object> brokers =
                CLUSTER.one(Kafka.class, "kafka").getSpec().getKafka().getConfig();
        long allowed = Long.parseLong(String.valueOf(brokers.get("transaction.max.timeout.ms")));

        assertThat(asked.toMillis()).isLessThanOrEqualTo(allowed);
    }

    private static String argument(JobSpec job, String name, String otherwise) {
        return Arrays.stream(job.getArgs())
                .filter(argument -> argument.startsWith("--" + name + "="))
                .map(argument -> argument.substring(argument.indexOf('=') + 1))
                .findFirst()
                .orElse(otherwise);
    }
}
