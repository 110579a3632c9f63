package io.millrace.inference.roadmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;

/** Names of the phases of the roadmap's workflow, their results as records, and what they say of themselves. */
public final class Roadmaps {
    public static final String INTENT = "intent_analysis";
    public static final String CURRICULUM = "curriculum_design";
    public static final String VALIDATION = "validation";

    private Roadmaps() {}

    public static Goal goal(PhaseInput input) throws PhaseFailure {
        return Json.read(input.require(INTENT), Goal.class, "results." + INTENT);
    }

    public static Curriculum curriculum(PhaseInput input) throws PhaseFailure {
        return Json.read(input.require(CURRICULUM), Curriculum.class, "results." + CURRICULUM);
    }

    /** What made a result, so that nobody takes it for more. */
    public static ObjectNode modelInfo() {
        return Json.object()
                .put("generator", "rules over subject maps written by hand; no language model")
                .put("matching", "bge-small-zh-v1.5 (quantized ONNX, DJL)");
    }
}
