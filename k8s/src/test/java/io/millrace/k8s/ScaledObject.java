package io.millrace.k8s;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;

/** KEDA's {@code ScaledObject}, as {@code keda.sh_scaledobjects.yaml} has it, as far as we use it: no Java model of it is published. */
record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
    record Spec(
            ScaleTarget scaleTargetRef,
            int minReplicaCount,
            int maxReplicaCount,
            int pollingInterval,
            Fallback fallback,
            Advanced advanced,
            List<Trigger> triggers) {}

    record ScaleTarget(String name) {}

    record Fallback(int failureThreshold, int replicas, String behavior) {}

    record Advanced(PodAutoscaler horizontalPodAutoscalerConfig) {}

    record PodAutoscaler(HorizontalPodAutoscalerBehavior behavior) {}

    /** @param metadata of the scaler {@code prometheus}: texts, numbers too */
    record Trigger(String type, String name, Map<String, String> metadata) {}
}
