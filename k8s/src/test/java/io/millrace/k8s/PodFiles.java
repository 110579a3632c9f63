package io.millrace.k8s;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files that a pod finds where its ConfigMaps and Secrets are mounted. */
final class PodFiles {
    /** Where a file's text is: {@code ConfigMap} or {@code Secret}, its name, a key in it. */
    record Origin(String kind, String name, String key) {}

    private static final String VERSION = "..2026_01_01_00_00_00.1";

    private final Cluster cluster;
    private final Map<Path, Origin> files = new TreeMap<>();

    private PodFiles(Cluster cluster) {
        this.cluster = cluster;
    }

    static PodFiles of(Cluster cluster, String pod) {
        PodFiles found = new PodFiles(cluster);
        PodTemplateSpec template = cluster.pod(pod);
        Map<String, Volume> volumes = new HashMap<>();
        template.getSpec().getVolumes().forEach(volume -> volumes.put(volume.getName(), volume));
        for (VolumeMount mount : Cluster.container(template).getVolumeMounts()) {
            Path folder = Path.of(mount.getMountPath());
            Volume volume = Objects.requireNonNull(volumes.get(mount.getName()), mount.getName());
            if (volume.getConfigMap() != null) {
                found.addConfigMap(folder, volume.getConfigMap().getName());
            } else if (volume.getSecret() != null) {
                found.addSecret(
                        folder,
                        volume.getSecret().getSecretName(),
                        volume.getSecret().getItems());
            }
        }
        return found;
    }

    private void addConfigMap(Path folder, String name) {
        cluster.one(ConfigMap.class, name)
                .getData()
                .keySet()
                .forEach(key -> files.put(folder.resolve(key), new Origin("ConfigMap", name, key)));
    }

    /** Without a list of keys nobody knows what a Secret brings. */
    private void addSecret(Path folder, String name, List<KeyToPath> items) {
        if (items.isEmpty()) {
            files.put(folder, new Origin("Secret", name, "*"));
        }
        items.forEach(item -> files.put(folder.resolve(item.getPath()), new Origin("Secret", name, item.getKey())));
    }

    /** @throws AssertionError when the pod has no such file */
    Origin origin(String path) {
        Origin origin = files.get(Path.of(path));
        if (origin == null) {
            throw new AssertionError(path + " is no file of the pod, which has " + files.keySet());
        }
        return origin;
    }

    /** The keys of Secrets that become files, as {@code name/key}. */
    Set<String> secrets() {
        Set<String> secrets = new TreeSet<>();
        files.values().stream()
                .filter(origin -> origin.kind().equals("Secret"))
                .forEach(origin -> secrets.add(origin.name() + "/" + origin.key()));
        return secrets;
    }

    /**
     * Writes the files below another root as the kubelet does, by links to a version of them; what ConfigMaps say of
     * {@code /etc/millrace} becomes a path below that root.
     *
     * @param secrets text by {@code name/key}
     */
    void layOut(Path root, Map<String, String> secrets) throws IOException {
        for (Map.Entry<Path, Origin> file : files.entrySet()) {
            Path link = below(root, file.getKey());
            Path folder = Objects.requireNonNull(link.getParent());
            Path data = folder.resolve("..data");
            Files.createDirectories(folder.resolve(VERSION));
            if (!Files.exists(data)) {
                Files.createSymbolicLink(data, Path.of(VERSION));
            }
            Files.writeString(data.resolve(link.getFileName()), text(root, file.getValue(), secrets));
            Files.createSymbolicLink(link, Path.of("..data").resolve(link.getFileName()));
        }
    }

    private String text(Path root, Origin origin, Map<String, String> secrets) {
        if (origin.kind().equals("Secret")) {
            return secrets.getOrDefault(origin.name() + "/" + origin.key(), "no key that is known");
        }
        return Objects.requireNonNull(
                        cluster.one(ConfigMap.class, origin.name()).getData().get(origin.key()))
                .replace("/etc/millrace/", root + "/etc/millrace/");
    }

    static Path below(Path root, Path absolute) {
        return root.resolve(Path.of("/").relativize(absolute));
    }
}
