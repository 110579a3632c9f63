package io.millrace.edge.poster;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.control.Derivative;
import io.millrace.edge.fetch.Pictures;
import io.millrace.edge.submit.Submission;
import io.millrace.edge.submit.Submit;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.v1.PhaseResult;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/**
 * Draws a poster anew as its layers and elements are now: a task of type {@code poster_render}, derived from the one that made the
 * poster. It has one phase, which draws; what the model made before is in the elements by reference and is not made again. It has a lane of its
 * own, so that people at work do not wait behind campaigns. A poster that has not changed takes over the picture that was drawn last.
 */
@Component
final class Render {
    private static final String TYPE = "poster_render";
    private static final int PRIORITY = 7;

    private final Posters posters;
    private final PosterRows rows;
    private final Pictures pictures;
    private final ArtifactStore artifacts;
    private final Derivative derivative;
    private final Submit submit;

    Render(
            Posters posters,
            PosterRows rows,
            Pictures pictures,
            ArtifactStore artifacts,
            Derivative derivative,
            Submit submit) {
        this.posters = posters;
        this.rows = rows;
        this.pictures = pictures;
        this.artifacts = artifacts;
        this.derivative = derivative;
        this.submit = submit;
    }

    /** The task that draws; its details are missing when the orchestrator has not answered yet. */
    Mono<Submit.Accepted> render(Caller caller, String id, Submit.Terms terms) {
        return posters.owned(caller, id).flatMap(poster -> {
            String owner = poster.path("user_id").asString();
            String before = poster.at("/render/task_id").asString("");
            return rows.full(poster)
                    .map(Scene::of)
                    .flatMap(scene -> pictures.fetched(owner, scene))
                    .flatMap(this::stored)
                    .zipWith(before.isEmpty() ? Mono.just(List.<PhaseResult>of()) : derivative.produced(before))
                    .flatMap(both -> submit.submit(owner, submission(poster, both.getT1(), both.getT2()), terms))
                    .flatMap(accepted -> accepted.repeated()
                            ? Mono.just(accepted)
                            : rows.rendering(id, accepted.view().taskId()).thenReturn(accepted));
        });
    }

    private Mono<String> stored(ObjectNode scene) {
        return Mono.fromCallable(() -> artifacts.put(Json.bytes(scene)).toString())
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static Submission submission(ObjectNode poster, String scene, List<PhaseResult> reusable) {
        ObjectNode params =
                Json.object().put("poster_id", poster.path("id").asString()).put("scene", scene);
        String parent = poster.path("task_id").asString("");
        Submission submission = new Submission(TYPE, PRIORITY, "", "", params, Submission.Deadlines.NONE, null);
        return parent.isEmpty() ? submission : submission.derivedFrom(new Submission.Parent(parent, reusable));
    }
}
