package io.millrace.inference.roadmap.validation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.roadmap.Goal;
import io.millrace.inference.roadmap.Roadmaps;
import io.millrace.inference.roadmap.TopicCover;
import io.millrace.inference.roadmap.validation.Validator.Checked;
import java.util.List;
import java.util.Map;

/** Phase {@code roadmap_validation}: the plan with what could be mended, and what was found. */
public final class ValidationFunction implements PhaseFunction {
    private static final List<String> CHECKS =
            List.of("ids", "prerequisites", "cycles", "hours", "coverage", "order", "load");

    private final SentenceEmbedder embedder;
    private final TopicCover cover;

    public ValidationFunction(SentenceEmbedder embedder) {
        this.embedder = embedder;
        this.cover = new TopicCover(embedder);
    }

    @Override
    public String name() {
        return "roadmap_validation";
    }

    @Override
    public String version() {
        return embedder.version() + "/rules-1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Goal goal = Roadmaps.goal(input);
        Checked checked = Validator.check(goal, Roadmaps.curriculum(input), cover);
        for (Finding finding : checked.findings()) {
            context.log(finding.severity().equals("error") ? "error" : "warn", finding.message());
        }
        ObjectNode output = Json.write(checked.plan());
        output.put("valid", checked.valid());
        ArrayNode findings = output.putArray("findings");
        checked.findings().forEach(finding -> findings.add(Json.write(finding)));
        CHECKS.forEach(output.putArray("checks")::add);
        output.set("model_info", Roadmaps.modelInfo());
        long mended = checked.findings().stream().filter(Finding::repaired).count();
        return new PhaseOutput(
                output,
                Map.of(
                        "valid", Boolean.toString(checked.valid()),
                        "findings", Integer.toString(checked.findings().size()),
                        "repaired", Long.toString(mended),
                        "concepts", Integer.toString(checked.plan().concepts().size()),
                        "total_hours", Double.toString(checked.plan().totalHours()),
                        "weeks", Integer.toString(checked.plan().weeks().size())));
    }
}
