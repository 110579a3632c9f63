package io.millrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images hold what the build makes. */
class ImagesTest {
    private static final String COLLECT = "k8s/images/collect";

    private final Cluster base = Cluster.of("base");

    @ParameterizedTest
    @CsvSource({"api-edge,edge", "inference-functions,inference", "flink-jobs/cluster,flink"})
    void modulesWriteTheClassPathThatIsCollected(String module, String target) {
        assertThat(Sources.text(COLLECT)).contains("collect " + module + " " + target + " '");
        assertThat(Sources.text(module + "/pom.xml")).contains("<artifactId>maven-dependency-plugin</artifactId>");
        assertThat(Sources.text("k8s/images/" + target + ".Dockerfile")).contains(" target/" + target + " ");
        // The jar of the module itself is found by this.
        assertThat(Sources.text(module + "/pom.xml"))
                .contains("<artifactId>millrace-")
                .doesNotContain("<finalName>");
        assertThat(Sources.text(COLLECT)).contains("\"$module\"/target/millrace-*.jar");
    }

    @ParameterizedTest
    @CsvSource({"edge,api-edge", "inference,inference-functions", "inference-gpu,inference-functions"})
    void theMainClassIsThere(String image, String module) {
        String main = Sources.one("k8s/images/" + image + ".Dockerfile", "ENTRYPOINT .*\"(io\\.millrace[A-Za-z.]+)\"");

        assertThat(Sources.ROOT.resolve(module + "/src/main/java/" + main.replace('.', '/') + ".java"))
                .isRegularFile();
    }

    @Test
    void flinkIsOfTheBuildsVersion() {
        assertThat(Sources.one("k8s/images/flink.Dockerfile", "(?m)^FROM flink:(.+)-java17$"))
                .isEqualTo(Sources.one("pom.xml", "<flink.version>(.+)</"));
    }

    @Test
    void libtorchIsOfTheBuildsVersion() {
        String dockerfile = "k8s/images/inference-gpu.Dockerfile";

        assertThat(Sources.one(dockerfile, "PYTORCH_VERSION=(\\S+)"))
                .isEqualTo(Sources.one(dockerfile, "FROM pytorch/pytorch:([0-9.]+)-"))
                .isEqualTo(Sources.one("pom.xml", "<pytorch.version>(.+)</"));
    }

    @Test
    void everyJarOfFlinkIsEitherInItsDistributionOrCollected() {
        Pattern left = Pattern.compile(Sources.one(COLLECT, "flink-jobs/cluster flink '(.+)'"));
        Set<String> collected = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String jar = Path.of(entry).getFileName().toString();
            if (jar.matches("(flink|frocksdb).*[.]jar") && !left.matcher(jar).find()) {
                collected.add(jar.replaceFirst("-[0-9].*", ""));
            }
        }

        assertThat(collected)
                .containsExactlyInAnyOrder(
                        "flink-connector-base",
                        "flink-connector-kafka",
                        "flink-metrics-dropwizard",
                        // Of this test.
                        "flink-kubernetes-operator-api");
    }

    @Test
    void tagsAreTheBuildsVersion() {
        String version = Sources.one("pom.xml", "(?s)<artifactId>millrace</artifactId>\\s+<version>(.+?)</");
        List<String> images = base.pods().values().stream()
                .map(pod -> Cluster.container(pod))
                .map(Container::getImage)
                .filter(image -> image != null)
                .toList();

        assertThat(images)
                .containsExactlyInAnyOrder(
                        "registry.example.com/millrace/edge:" + version,
                        "registry.example.com/millrace/inference:" + version);
        assertThat(base.all(FlinkDeployment.class))
                .allSatisfy(job -> assertThat(job.getSpec().getImage())
                        .isEqualTo("registry.example.com/millrace/flink:" + version));
    }
}
