package io.millrace.k8s;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.jspecify.annotations.Nullable;

/** What an overlay makes of the manifests, typed. */
final class Cluster {
    /** Labels that Flink gives to what it starts, beside {@code app}, the name of the deployment. */
    private static final Map<String, String> FLINK_LABELS = Map.of("type", "flink-native-kubernetes");

    private final List<Object> typed;

    private Cluster(List<ObjectNode> manifests) {
        this.typed = manifests.stream().map(Models::read).toList();
    }

    static Cluster of(String folder) {
        return new Cluster(Kustomization.build(Sources.K8S.resolve(folder)));
    }

    /** Everything that can be had, the GPUs too. */
    static Cluster example() {
        return of("overlays/example");
    }

    <T> List<T> all(Class<T> type) {
        return typed.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends HasMetadata> T one(Class<T> type, String name) {
        return all(type).stream()
                .filter(found -> found.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + type.getSimpleName() + " " + name));
    }

    /** The pods that are started, by the name of who starts them, each with the labels it will have. */
    Map<String, PodTemplateSpec> pods() {
        Map<String, PodTemplateSpec> pods = new LinkedHashMap<>();
        all(Deployment.class)
                .forEach(owner ->
                        pods.put(owner.getMetadata().getName(), owner.getSpec().getTemplate()));
        all(StatefulSet.class)
                .forEach(owner ->
                        pods.put(owner.getMetadata().getName(), owner.getSpec().getTemplate()));
        for (FlinkDeployment owner : all(FlinkDeployment.class)) {
            String name = owner.getMetadata().getName();
            Map<String, String> labels = new HashMap<>(FLINK_LABELS);
            labels.put("app", name);
            pods.put(
                    name,
                    owner.getSpec()
                            .getPodTemplate()
                            .edit()
                            .editOrNewMetadata()
                            .withLabels(labels)
                            .endMetadata()
                            .build());
        }
        return pods;
    }

    PodTemplateSpec pod(String name) {
        return Objects.requireNonNull(pods().get(name), name);
    }

    /** The one container of a pod. */
    static Container container(PodTemplateSpec pod) {
        return pod.getSpec().getContainers().get(0);
    }

    /** Whether some pod has these labels. */
    boolean isSomePod(Map<String, String> labels) {
        return selected(labels).findAny().isPresent();
    }

    Stream<PodTemplateSpec> selected(Map<String, String> labels) {
        return pods().values().stream()
                .filter(pod -> pod.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()));
    }

    /** What the program is told, by name; secrets are {@code secret}, what only the cluster knows is {@code known-later}. */
    Map<String, String> environment(String pod) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvVar variable : container(pod(pod)).getEnv()) {
            String value = value(variable);
            if (value != null) {
                environment.put(variable.getName(), value);
            }
        }
        return environment;
    }

    /** Null where an optional key is not there. */
    private @Nullable String value(EnvVar variable) {
        EnvVarSource from = variable.getValueFrom();
        if (from == null) {
            return variable.getValue();
        }
        if (from.getConfigMapKeyRef() != null) {
            String key = from.getConfigMapKeyRef().getKey();
            String value = one(ConfigMap.class, from.getConfigMapKeyRef().getName())
                    .getData()
                    .get(key);
            if (value == null && !Boolean.TRUE.equals(from.getConfigMapKeyRef().getOptional())) {
                throw new AssertionError(variable.getName() + " comes from " + key + ", which is not there");
            }
            return value;
        }
        return from.getSecretKeyRef() == null ? "known-later" : "secret";
    }
}
