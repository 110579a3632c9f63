package io.millrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.millrace.artifacts.ArtifactStores;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs lie in a bucket, which edges and inference reach, each as somebody of its own. */
class BucketTest {
    private static final String STORE = "artifact-store/src/main/java/io/millrace/artifacts/S3ArtifactStore.java";
    private static final String UPLOADS = "api-edge/src/main/java/io/millrace/edge/artifact/Uploads.java";
    private static final int UPLOADS_AT_ONCE = 32;

    /** What a caller of S3 must be allowed to, by what {@code S3ArtifactStore} calls. */
    private static final Map<String, Set<String>> PERMISSIONS = Map.of(
            "getObject", Set.of("s3:GetObject"),
            "headObject", Set.of("s3:GetObject"),
            "putObject", Set.of("s3:PutObject"),
            "copyObject", Set.of("s3:GetObject", "s3:PutObject"),
            "deleteObject", Set.of("s3:DeleteObject"),
            "listObjectsV2Paginator", Set.of("s3:ListBucket"));

    private final Cluster cluster = Cluster.example();

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/example"})
    void everyRoomWithBlobsIsToldTheSameBucket(String folder) {
        Cluster built = Cluster.of(folder);
        Set<Map<String, String>> told = new HashSet<>();
        for (String pod : built.pods().keySet()) {
            Map<String, String> environment = built.environment(pod);
            if (environment.containsKey("MILLRACE_ARTIFACTS")) {
                environment.keySet().retainAll(Set.of("MILLRACE_ARTIFACTS", "AWS_REGION", "AWS_ENDPOINT_URL_S3"));
                told.add(environment);
            }
        }

        assertThat(told).singleElement().satisfies(one -> {
            assertThat(one).containsKeys("MILLRACE_ARTIFACTS", "AWS_REGION");
            assertThat(ArtifactStores.isBucket(one.getOrDefault("MILLRACE_ARTIFACTS", "")))
                    .isTrue();
        });
        // Only an overlay knows of a store that is not Amazon's.
        assertThat(told).allMatch(one -> one.containsKey("AWS_ENDPOINT_URL_S3") != folder.equals("base"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/example"})
    void theStoreTakesTheBucketThatItIsTold(String folder) {
        Map<String, String> environment = Cluster.of(folder).environment("api-edge");
        System.setProperty("aws.region", environment.getOrDefault("AWS_REGION", ""));
        try {
            assertThat(ArtifactStores.at(environment.getOrDefault("MILLRACE_ARTIFACTS", "")))
                    .asString()
                    .contains("S3ArtifactStore");
        } finally {
            System.clearProperty("aws.region");
        }
    }

    @Test
    void blobsHaveABucketThatNoJobWritesInto() {
        String bucket = cluster.environment("api-edge")
                .getOrDefault("MILLRACE_ARTIFACTS", "")
                .replaceFirst("^(s3://[^/]+).*", "$1/");

        assertThat(cluster.all(FlinkDeployment.class))
                .flatMap(job -> job.getSpec().getFlinkConfiguration().values())
                .noneMatch(value -> value.startsWith(bucket))
                .anyMatch(value -> value.startsWith("s3://"));
    }

    @Test
    void noVolumeHoldsBlobs() {
        assertThat(cluster.all(PersistentVolumeClaim.class))
                .extracting(claim -> claim.getMetadata().getName())
                .containsExactly("models");
        cluster.pods()
                .forEach((name, pod) -> assertThat(Cluster.container(pod).getVolumeMounts())
                        .as(name)
                        .extracting(VolumeMount::getName)
                        .doesNotContain("artifacts"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"inference", "inference-gpu"})
    void resultsOfPhasesLieInABoundedFolderThatInferenceCanWrite(String pod) {
        VolumeMount mount = mount(pod, cluster.environment(pod).getOrDefault("MILLRACE_RESULTS", "nowhere"));

        assertThat(mount.getReadOnly()).isNotEqualTo(true);
        assertThat(bytes(pod, mount)).isBetween(gibibytes(1), gibibytes(64));
        assertThat(cluster.pod(pod).getSpec().getSecurityContext().getFsGroup()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-edge", "inference", "inference-gpu"})
    void whatIsSpooledFindsAFolderThatCanBeWritten(String pod) {
        VolumeMount temporary = mount(pod, "/tmp");

        assertThat(temporary.getReadOnly()).isNotEqualTo(true);
        assertThat(Cluster.container(cluster.pod(pod)).getSecurityContext().getReadOnlyRootFilesystem())
                .isTrue();
        assertThat(cluster.environment(pod).get("JAVA_TOOL_OPTIONS")).doesNotContain("java.io.tmpdir");
    }

    @Test
    void uploadsFitIntoTheEdgesFolderTwice() {
        long file = Long.parseLong(Sources.one(UPLOADS, "MAX_BYTES = (\\d+)L << 20")) << 20;
        long wrapping = Long.parseLong(Sources.one(UPLOADS, "MAX_WRAPPING = (\\d+)L << 10")) << 10;

        assertThat(bytes("api-edge", mount("api-edge", "/tmp")))
                .isGreaterThanOrEqualTo(BigDecimal.valueOf(UPLOADS_AT_ONCE * (file + wrapping + file)));
    }

    @ParameterizedTest
    @CsvSource({
        "api-edge,api-edge,edge-s3,millrace-edge",
        "inference,inference,inference-s3,millrace-inference",
        "inference-gpu,inference,inference-s3,millrace-inference"
    })
    void aRoomIsSomebodyOfItsOwnByRoleOrByKeys(String pod, String name, String secret, String role) {
        ServiceAccount account = cluster.one(ServiceAccount.class, name);

        assertThat(cluster.pod(pod).getSpec().getServiceAccountName()).isEqualTo(name);
        assertThat(account.getMetadata().getAnnotations())
                .containsExactly(Map.entry("eks.amazonaws.com/role-arn", "arn:aws:iam::ACCOUNT:role/" + role));
        assertThat(keys(pod))
                .containsEntry("AWS_ACCESS_KEY_ID", secret + "/access-key?")
                .containsEntry("AWS_SECRET_ACCESS_KEY", secret + "/secret-key?");
        assertThat(cluster.one(Secret.class, secret)).isNotNull();
        // Kubernetes itself knows nothing of either.
        assertThat(account.getAutomountServiceAccountToken()).isFalse();
        assertThat(cluster.pod(pod).getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(cluster.all(RoleBinding.class))
                .flatMap(RoleBinding::getSubjects)
                .noneMatch(subject -> subject.getName().equals(name));
    }

    @Test
    void theReadmeAsksForWhatTheStoreCallsAndDeletingIsTheEdgesAlone() {
        Set<String> needed = new TreeSet<>();
        for (String call : Sources.found(STORE, "client\\s*\\.(\\w+)\\(")) {
            needed.addAll(Objects.requireNonNull(PERMISSIONS.get(call), call));
        }
        Set<String> forInference = new TreeSet<>(needed);
        forInference.remove("s3:DeleteObject");

        assertThat(allowed("api-edge")).isEqualTo(needed);
        assertThat(allowed("inference")).isEqualTo(forInference);
        assertThat(Sources.found("inference-functions/src/main/java", "(SweepableStore)"))
                .isEmpty();
    }

    private static Set<String> allowed(String account) {
        String row = Sources.one("k8s/README.md", "(?m)^\\| `" + account + "` \\| (s3:.+) \\|$");
        return Set.of(row.split(", "));
    }

    /** The mount at exactly this path. */
    private VolumeMount mount(String pod, String path) {
        return Cluster.container(cluster.pod(pod)).getVolumeMounts().stream()
                .filter(mount -> mount.getMountPath().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError(pod + " has no mount at " + path));
    }

    /** How much may lie in a folder of the pod's own. */
    private BigDecimal bytes(String pod, VolumeMount mount) {
        Volume volume = cluster.pod(pod).getSpec().getVolumes().stream()
                .filter(one -> one.getName().equals(mount.getName()))
                .findFirst()
                .orElseThrow();
        return Quantity.getAmountInBytes(Objects.requireNonNull(
                Objects.requireNonNull(volume.getEmptyDir(), mount.getName() + " is the pod's own")
                        .getSizeLimit(),
                mount.getName() + " has a limit"));
    }

    private static BigDecimal gibibytes(int number) {
        return Quantity.getAmountInBytes(new Quantity(number + "Gi"));
    }

    /** Keys of Secrets by the variable they become, with a question mark where they need not be there. */
    private Map<String, String> keys(String pod) {
        return Cluster.container(cluster.pod(pod)).getEnv().stream()
                .filter(variable -> variable.getValueFrom() != null
                        && variable.getValueFrom().getSecretKeyRef() != null)
                .collect(Collectors.toMap(EnvVar::getName, variable -> {
                    SecretKeySelector key = variable.getValueFrom().getSecretKeyRef();
                    boolean optional = Boolean.TRUE.equals(key.getOptional());
                    return key.getName() + "/" + key.getKey() + (optional ? "?" : "");
                }));
    }
}
