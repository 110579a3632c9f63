package io.millrace.inference.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Phase;
import io.millrace.schemas.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One task of a shipped workflow without repeats: each phase once, or once for each element of its list. */
public final class TaskLine {
    private static final ObjectMapper JSON = new ObjectMapper();

    public final MemoryArtifacts artifacts = new MemoryArtifacts();
    public final Map<String, Map<String, String>> facts = new LinkedHashMap<>();
    public final List<JsonNode> items = new ArrayList<>();
    public final List<String> lines = new ArrayList<>();
    private final Map<String, JsonNode> results = new LinkedHashMap<>();
    private final Workflow workflow;
    private final JsonNode params;

    public TaskLine(String type, String params) throws Exception {
        this.workflow = Definitions.shipped().workflow(type).orElseThrow();
        this.params = JSON.readTree(params);
    }

    public TaskLine run() throws Exception {
        for (Phase phase : workflow.phases()) {
            Phase.ForEach each = phase.flow().forEach();
            Phase.Condition when = phase.flow().when();
            if (when != null && !when.equalTo().equals(fact(when.phase(), when.fact()))) {
                continue;
            }
            if (each == null) {
                PhaseOutput output = compute(phase, null);
                results.put(phase.name(), output.output());
                facts.put(phase.name(), output.facts());
                continue;
            }
            ObjectNode made = JSON.createObjectNode();
            for (JsonNode element : result(each.phase()).path(each.field())) {
                items.add(compute(phase, element).output());
                made.withArray("items").add(items.get(items.size() - 1));
            }
            results.put(phase.name(), made);
        }
        return this;
    }

    private PhaseOutput compute(Phase phase, @org.jspecify.annotations.Nullable JsonNode element) throws Exception {
        Map<String, JsonNode> read = new LinkedHashMap<>();
        for (String name : phase.input().reads()) {
            if (results.containsKey(name)) {
                read.put(name, JSON.readTree(JSON.writeValueAsBytes(results.get(name))));
            }
        }
        ObjectNode given = JSON.createObjectNode();
        List<String> wanted = phase.input().params();
        params.properties().forEach(param -> {
            if (wanted == null || wanted.contains(param.getKey())) {
                given.set(param.getKey(), param.getValue());
            }
        });
        return Functions.function(Objects.requireNonNull(phase.function()))
                .compute(new PhaseInput(given, read, 0, element), new Context());
    }

    public String fact(String phase, String name) {
        return facts.getOrDefault(phase, Map.of()).getOrDefault(name, "");
    }

    /** Brings a blob that the parameters refer to. */
    public TaskLine with(byte[] blob) throws Exception {
        artifacts.put(blob);
        return this;
    }

    /** What a result refers to. */
    public byte[] bytes(JsonNode ref) throws Exception {
        return artifacts.read(io.millrace.schemas.artifact.ArtifactRef.parse(ref.asText()));
    }

    public boolean ran(String phase) {
        return results.containsKey(phase) || !items.isEmpty();
    }

    public JsonNode result(String phase) {
        return Objects.requireNonNull(results.get(phase), phase);
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
        public void tick(double fraction, String message) {}

        @Override
        public void log(String level, String message) {
            lines.add(level + " " + message);
        }

        @Override
        public void checkWanted() {}
    }
}
