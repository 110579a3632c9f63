package io.millrace.inference.poster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.inference.flow.Functions;
import io.millrace.inference.flow.MemoryArtifacts;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Phase;
import io.millrace.schemas.workflow.Workflow;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs the poster's workflow in one thread, as the orchestrator would, with the functions found by the service loader. */
final class PosterLine {
    private static final List<String> LOOK = List.of(Phases.LAYOUT, Phases.BACKGROUND, Phases.ELEMENTS, Phases.TEXT);

    final MemoryArtifacts artifacts = new MemoryArtifacts();
    final Map<String, JsonNode> results = new LinkedHashMap<>();
    final Map<String, Map<String, String>> facts = new LinkedHashMap<>();
    /** Time of this thread on a processor, which a busy machine does not change. */
    final Map<String, Long> millis = new LinkedHashMap<>();

    final List<Double> ticks = new ArrayList<>();
    final JsonNode params;
    int rounds;
    private int wanted = Integer.MAX_VALUE;

    PosterLine(JsonNode params) {
        this.params = params;
    }

    PosterLine(String params) throws Exception {
        this(new ObjectMapper().readTree(params));
    }

    static PhaseFunction function(String name) throws Exception {
        return Functions.function(name);
    }

    PosterLine run() throws Exception {
        Workflow workflow = Definitions.shipped().workflow("poster").orElseThrow();
        List<Phase> phases = workflow.phases();
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            if (phase.name().equals(Phases.REFINE)
                    && (!fact(Phases.QUALITY, "passed").equals("false") || rounds >= 2)) {
                continue;
            }
            run(phase.name(), java.util.Objects.requireNonNull(phase.function()));
            if (phase.name().equals(Phases.REFINE)) {
                rounds++;
                String back = fact(Phases.REFINE, "back_to");
                i = -1;
                for (int j = 0; j < phases.size(); j++) {
                    i = phases.get(j).name().equals(back) ? j - 1 : i;
                }
            }
        }
        return this;
    }

    /** Only what is seen: no checks, no refinement. */
    PosterLine look() throws Exception {
        run(Phases.INTENT, "intent");
        run(Phases.LAYOUT, "layout");
        run(Phases.BACKGROUND, "background");
        run(Phases.ELEMENTS, "elements");
        run(Phases.TEXT, "text");
        return this;
    }

    /** Reads the poster back and measures it. */
    PosterLine assess() throws Exception {
        run(Phases.OCR, "ocr");
        run(Phases.QUALITY, "quality");
        return this;
    }

    /** What the workflow does with scores: refines at most twice, each time from the phase to blame. */
    PosterLine refine() throws Exception {
        while (fact(Phases.QUALITY, "passed").equals("false") && rounds < 2) {
            run(Phases.REFINE, "refine");
            rounds++;
            String back = fact(Phases.REFINE, "back_to");
            for (int i = LOOK.indexOf(back); i < LOOK.size(); i++) {
                run(LOOK.get(i), LOOK.get(i).substring(LOOK.get(i).indexOf('_') + 1));
            }
            assess();
        }
        return this;
    }

    PhaseOutput run(String phase, String function) throws Exception {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        PhaseOutput output = function(function).compute(new PhaseInput(params, results, rounds), new Context());
        millis.merge(
                phase, (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1_000_000, Long::sum);
        results.put(phase, output.output());
        facts.put(phase, output.facts());
        return output;
    }

    JsonNode result(String phase) {
        return Objects.requireNonNull(results.get(phase), phase);
    }

    Map<String, String> facts(String phase) {
        return facts.getOrDefault(phase, Map.of());
    }

    String fact(String phase, String name) {
        return facts(phase).getOrDefault(name, "");
    }

    PhaseContext context() {
        return new Context();
    }

    /** @param checks times the answer is still wanted */
    void unwantedAfter(int checks) {
        wanted = checks;
    }

    byte[] poster() throws Exception {
        return artifacts.read(
                ArtifactRef.parse(result(Phases.TEXT).path("artifact").asText()));
    }

    long total() {
        return millis.values().stream().mapToLong(Long::longValue).sum();
    }

    private final class Context implements PhaseContext {
        @Override
        public String taskId() {
            return "task_018f0000-0000-7000-8000-000000000001";
        }

        @Override
        public String userId() {
            return "user";
        }

        @Override
        public ArtifactStore artifacts() {
            return artifacts;
        }

        @Override
        public void tick(double fraction, String message) {
            ticks.add(fraction);
        }

        @Override
        public void log(String level, String message) {}

        @Override
        public void checkWanted() throws PhaseFailure {
            if (wanted-- <= 0) {
                throw new PhaseFailure(ErrorCode.CANCELLED, "nobody wants the answer any more");
            }
        }
    }
}
