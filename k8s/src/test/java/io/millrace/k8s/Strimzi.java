package io.millrace.k8s;

import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.KafkaResources;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserScramSha512ClientAuthentication;
import java.util.Set;
import java.util.TreeSet;

/** What Strimzi's operators make of the manifests. */
final class Strimzi {
    private Strimzi() {}

    /** Keys of Secrets, as {@code name/key}: the CA of each cluster, and what a user with a password signs in with. */
    static Set<String> secrets(Cluster cluster) {
        Set<String> made = new TreeSet<>();
        for (Kafka kafka : cluster.all(Kafka.class)) {
            String name = kafka.getMetadata().getName();
            String authority = KafkaResources.clusterCaCertificateSecretName(name);
            made.addAll(Set.of(authority + "/ca.crt", authority + "/ca.p12", authority + "/ca.password"));
            if (kafka.getSpec().getEntityOperator().getUserOperator() != null) {
                cluster.all(KafkaUser.class).stream()
                        .filter(user ->
                                name.equals(user.getMetadata().getLabels().get("strimzi.io/cluster")))
                        .filter(user ->
                                user.getSpec().getAuthentication() instanceof KafkaUserScramSha512ClientAuthentication)
                        .map(user -> user.getMetadata().getName())
                        .forEach(user -> made.addAll(Set.of(user + "/password", user + "/sasl.jaas.config")));
            }
        }
        return made;
    }
}
