package io.millrace.edge.fetch;

import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.artifact.ArtifactAccess;
import io.millrace.edge.edit.Addresses;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.ArtifactStore;
import java.io.InputStream;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the pictures that parameters name into references that stay: signed links and addresses elsewhere become {@code sha256:}
 * references, and a reference must be to what its user may read. What a task works on is thus the same whenever it runs, and no room
 * behind the edge fetches anything.
 */
@Component
public final class Pictures {
    private static final int MAX_FETCHES = 20;

    private final Fetcher fetcher;
    private final ArtifactAccess access;
    private final ArtifactStore artifacts;
    private final LinkSigner links;

    Pictures(Fetcher fetcher, ArtifactAccess access, ArtifactStore artifacts, LinkSigner links) {
        this.fetcher = fetcher;
        this.access = access;
        this.artifacts = artifacts;
        this.links = links;
    }

    /**
     * The parameters with references in them; fails with 400 or 403 naming the field.
     *
     * @param path before the names of fields in messages, as {@code tasks[3].}
     * @param known what may be referred to without asking, as the parameters of a parent
     */
    public Mono<ObjectNode> usable(String userId, ObjectNode params, String path, JsonNode known) {
        return usable(new PictureSession(userId, known.toString()), params, path);
    }

    /** As {@link #usable(String, ObjectNode, String, JsonNode)}, for many bodies of one request: what occurs again is not asked again. */
    public Mono<ObjectNode> usable(PictureSession session, ObjectNode params, String path) {
        if (PictureFields.in(params, path).isEmpty()) {
            return Mono.just(params);
        }
        ObjectNode copy = params.deepCopy();
        return Flux.fromIterable(PictureFields.in(copy, path))
                .concatMap(field -> resolved(session, field).doOnNext(field::put))
                .then(Mono.just(copy));
    }

    /** A scene with the pictures that lie elsewhere fetched; its references were checked when they were written. */
    public Mono<ObjectNode> fetched(String userId, ObjectNode scene) {
        return usable(new PictureSession(userId, scene.toString()), scene, "");
    }

    private Mono<String> resolved(PictureSession session, PictureFields.Field field) {
        String text = field.text();
        String before = session.resolved().get(text);
        if (before != null) {
            return Mono.just(before);
        }
        Optional<ArtifactRef> target = links.target(text);
        Mono<String> found = Mono.empty();
        if (target.isPresent()) {
            found = checked(field, target.get());
        } else if (text.startsWith("sha256:")) {
            found = owned(session, field, ArtifactRef.parse(text));
        } else if (field.picture() && text.contains("/api/v1/artifacts/")) {
            found = Mono.error(Problem.invalid(
                    field.path(), "is a link that does not work any more", "Send the artifact of the upload instead."));
        } else if (field.picture() && text.matches("(?i)https?://.+")) {
            found = fetched(session, field);
        }
        return found.doOnNext(ref -> session.resolved().put(text, ref));
    }

    private Mono<String> owned(PictureSession session, PictureFields.Field field, ArtifactRef ref) {
        if (session.known().contains(ref.toString())) {
            return Mono.just(ref.toString());
        }
        return access.mayRead(session.userId(), ref)
                .flatMap(may -> may ? checked(field, ref) : Mono.error(Addresses.notYours(field.path())));
    }

    private Mono<String> fetched(PictureSession session, PictureFields.Field field) {
        if (session.fetches().incrementAndGet() > MAX_FETCHES) {
            return Mono.error(Problem.invalid(
                    field.path(),
                    "is one picture too many to be fetched",
                    "Name at most " + MAX_FETCHES + " different addresses in a request; upload the others first."));
        }
        return fetcher.fetch(session.userId(), field.text())
                .flatMap(ref -> checked(field, ref))
                .onErrorMap(
                        Fetcher.NotFetched.class,
                        failure -> Problem.invalid(
                                field.path(),
                                "cannot be fetched: " + failure.getMessage(),
                                "Send the address of a PNG, JPEG or GIF of at most 16 MiB, or upload the picture."));
    }

    /** Where a picture is meant, it must be one that can be drawn. */
    private Mono<String> checked(PictureFields.Field field, ArtifactRef ref) {
        if (!field.picture()) {
            return Mono.just(ref.toString());
        }
        return Mono.fromCallable(() -> {
                    try (InputStream bytes = artifacts.open(ref).orElse(InputStream.nullInputStream())) {
                        return PictureHead.of(bytes);
                    }
                })
                .subscribeOn(Schedulers.boundedElastic())
                .map(head -> {
                    if (head.isEmpty()) {
                        throw Problem.invalid(
                                field.path(), "is no picture that can be drawn", "Send a PNG, JPEG or GIF.");
                    }
                    if (head.get().tooLarge()) {
                        throw Problem.invalid(
                                field.path(),
                                "has " + head.get().width() + " x " + head.get().height() + " pixels",
                                "Send at most 40 million pixels.");
                    }
                    return ref.toString();
                });
    }
}
