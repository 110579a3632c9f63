package io.millrace.inference.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.function.PhaseInput;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The artifacts as one computation sees them. It keeps in mind what was stored and opened, for an output may only refer to that and to
 * what its input refers to: who may see an output may read what it refers to, and a text out of a prompt, a page or a picture must not
 * become a reference to what belongs to somebody else.
 */
public final class RunArtifacts implements ArtifactStore {
    private final ArtifactStore store;
    private final PhaseInput input;
    private final Set<ArtifactRef> used = ConcurrentHashMap.newKeySet();

    public RunArtifacts(ArtifactStore store, PhaseInput input) {
        this.store = store;
        this.input = input;
    }

    /** Whether the output may refer to it. */
    boolean known(ArtifactRef ref) {
        return used.contains(ref)
                || refers(input.params(), ref)
                || refers(input.item(), ref)
                || input.results().values().stream().anyMatch(result -> refers(result, ref));
    }

    /** Whether a longer text of the input holds it. */
    boolean mentioned(ArtifactRef ref) {
        return Stream.concat(Stream.of(input.params(), input.item()), input.results().values().stream())
                .anyMatch(value -> value != null && value.toString().contains(ref.toString()));
    }

    private static boolean refers(@Nullable JsonNode value, ArtifactRef ref) {
        return value != null && References.in(value).contains(ref);
    }

    @Override
    public ArtifactRef put(byte[] bytes) throws IOException {
        ArtifactRef ref = store.put(bytes);
        used.add(ref);
        return ref;
    }

    @Override
    public ArtifactRef put(InputStream in) throws IOException {
        ArtifactRef ref = store.put(in);
        used.add(ref);
        return ref;
    }

    @Override
    public Optional<InputStream> open(ArtifactRef ref) throws IOException {
        Optional<InputStream> opened = store.open(ref);
        opened.ifPresent(bytes -> used.add(ref));
        return opened;
    }

    @Override
    public byte[] read(ArtifactRef ref) throws IOException {
        byte[] bytes = store.read(ref);
        used.add(ref);
        return bytes;
    }

    @Override
    public Optional<Long> size(ArtifactRef ref) throws IOException {
        return store.size(ref);
    }
}
