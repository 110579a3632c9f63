package io.millrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {
    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/example"})
    void everyManifestIsOneThatItsReaderUnderstands(String folder) {
        List<ObjectNode> manifests = Kustomization.build(Sources.K8S.resolve(folder));

        SoftAssertions all = new SoftAssertions();
        manifests.forEach(
                manifest -> all.assertThatCode(() -> Models.read(manifest)).doesNotThrowAnyException());
        all.assertAll();
        assertThat(manifests).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/example"})
    void noManifestIsThereTwice(String folder) {
        Set<String> seen = new HashSet<>();

        for (ObjectNode manifest : Kustomization.build(Sources.K8S.resolve(folder))) {
            String name = manifest.path("kind") + " " + manifest.at("/metadata/name");
            assertThat(seen.add(name)).as(name).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "gpu", "overlays/example"})
    void aPlanNamesTheFilesOfItsFolder(String folder) throws IOException {
        Set<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.list(Sources.K8S.resolve(folder))) {
            files.map(file -> file.getFileName().toString()).forEach(there::add);
        }
        there.remove("kustomization.yaml");

        assertThat(Kustomization.named(Sources.K8S.resolve(folder))).isEqualTo(there);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: apps/v1, kind: Deployment, spec: {replica: 2}}",
                "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {contaners: []}}}}",
                "{apiVersion: apps/v1, kind: Deployment, spec: {replicas: two}}",
                "{apiVersion: v1, kind: Service, spec: {ports: [{port: http}]}}",
                "{apiVersion: flink.apache.org/v1beta1, kind: FlinkDeployment, spec: {job: {entryKlass: x}}}",
                "{apiVersion: flink.apache.org/v1beta1, kind: FlinkDeployment, spec: {job: {upgradeMode: sometimes}}}",
                "{apiVersion: kafka.strimzi.io/v1, kind: KafkaTopic, spec: {partition: 3}}",
                "{apiVersion: kafka.strimzi.io/v1, kind: KafkaUser, spec: {authentication: {type: scram-sha-511}}}",
                "{apiVersion: kafka.strimzi.io/v1, kind: Kafka, spec: {kafka: {listener: []}}}",
                "{apiVersion: monitoring.coreos.com/v1, kind: PodMonitor, spec: {selectors: {}}}",
                "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, spec: {trigger: []}}",
                "{apiVersion: apps/v1beta1, kind: Deployment}"
            })
    void whatIsWrongIsRefused(String yaml) {
        assertThatThrownBy(() -> Models.read(Kustomization.parsed(yaml))).isInstanceOf(AssertionError.class);
    }
}
