package io.millrace.inference.roadmap.curriculum;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.roadmap.Concept;
import io.millrace.inference.roadmap.Curriculum;
import io.millrace.inference.roadmap.Goal;
import io.millrace.inference.roadmap.Knowledge;
import io.millrace.inference.roadmap.Roadmaps;
import io.millrace.inference.roadmap.TopicCover;
import java.util.List;
import java.util.Map;

/** Phase {@code roadmap_curriculum}: a plan of stages, concepts and weeks for a goal, or the caller's own concepts put into weeks. */
public final class CurriculumFunction implements PhaseFunction {
    private final SentenceEmbedder embedder;
    private final Knowledge knowledge;
    private final TopicCover cover;

    public CurriculumFunction(SentenceEmbedder embedder, Knowledge knowledge) {
        this.embedder = embedder;
        this.knowledge = knowledge;
        this.cover = new TopicCover(embedder);
    }

    @Override
    public String name() {
        return "roadmap_curriculum";
    }

    @Override
    public String version() {
        return embedder.version() + "/maps-1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Goal goal = Roadmaps.goal(input);
        List<Concept> given = GivenConcepts.read(input.params().path("concepts"), goal);
        Curriculum plan =
                given.isEmpty() ? Designer.design(goal, knowledge, cover) : Calendar.asGiven(goal, given, List.of());
        ObjectNode output = Json.write(plan);
        output.set("model_info", Roadmaps.modelInfo());
        return new PhaseOutput(
                output,
                Map.of(
                        "concepts", Integer.toString(plan.concepts().size()),
                        "stages", Integer.toString(plan.stages().size()),
                        "weeks", Integer.toString(plan.weeks().size()),
                        "total_hours", Double.toString(plan.totalHours()),
                        "left_out", Integer.toString(plan.leftOut().size()),
                        "from", given.isEmpty() ? goal.match().subject() : "given"));
    }
}
