package io.millrace.inference.roadmap.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.roadmap.Concept;
import io.millrace.inference.roadmap.Goal;
import io.millrace.inference.roadmap.Knowledge;
import io.millrace.inference.roadmap.Roadmaps;
import java.util.Map;

/** Phase {@code roadmap_content}: objectives, outline, exercises and search terms of one concept; runs for each of them. */
public final class ContentFunction implements PhaseFunction {
    private final Knowledge knowledge;

    public ContentFunction(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public String name() {
        return "roadmap_content";
    }

    @Override
    public String version() {
        return "maps-1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Goal goal = Roadmaps.goal(input);
        Concept concept = Json.read(input.requireItem(), Concept.class, "item");
        Lesson lesson = new LessonWriter(goal, concept, knowledge).write();
        ObjectNode output = Json.write(lesson);
        output.put("concept_id", concept.id()).put("title", concept.title());
        output.set("model_info", Roadmaps.modelInfo());
        context.log("info", goal.say("Wrote ", "已写好：") + concept.title());
        return new PhaseOutput(
                output,
                Map.of(
                        "concept", fact(concept.title()),
                        "source", lesson.source(),
                        "exercises", Integer.toString(lesson.exercises().size())));
    }

    private static String fact(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100);
    }
}
