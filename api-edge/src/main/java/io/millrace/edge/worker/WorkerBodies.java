package io.millrace.edge.worker;

import com.google.protobuf.ByteString;
import io.millrace.edge.Json;
import io.millrace.edge.body.Fields;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.v1.FinishPhase;
import io.millrace.schemas.v1.ReportProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what workers send. Fields that nobody asked for are left aside: workers of other systems send what theirs know. */
final class WorkerBodies {
    private static final int MAX_DETAILS = 32 * 1024;
    private static final int MAX_LAYERS = 1_000;
    private static final String FAILED = "failed";

    private WorkerBodies() {}

    /** @throws Problem 400 naming every wrong field */
    static ReportProgress report(ObjectNode body, String by) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(body, "", problems);
        String phase = fields.text("phase", 1, 64);
        JsonNode percentage = fields.matching(
                "percentage",
                value -> value.isNumber() && value.doubleValue() >= -1 && value.doubleValue() <= 100,
                "is no percentage",
                "Send a number from 0 to 100, or -1 when it failed.");
        String message = fields.text("message", 0, 2_000);
        Fields details = fields.object("details");
        Long attempt = fields.number("attempt", 0, Integer.MAX_VALUE);
        if (phase == null && problems.isEmpty()) {
            fields.complain("phase", "is missing", "Name what is being done, or failed.");
        }
        ByteString detail = json(details);
        if (detail.size() > MAX_DETAILS) {
            fields.complain("details", "are too large", "Send at most 32 KiB.");
        }
        if (phase == null || !problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        int shown = percentage == null ? 0 : (int) Math.floor(percentage.doubleValue());
        return ReportProgress.newBuilder()
                .setRequestedBy(by)
                .setPhase(shown < 0 ? FAILED : phase)
                .setPercentage(phase.equals(FAILED) ? -1 : shown)
                .setMessage(message == null ? "" : message)
                .setDetails(detail)
                .setAttempt(attempt == null ? 0 : attempt.intValue())
                .build();
    }

    /**
     * The end of an external phase.
     *
     * @param posterId poster that the worker handed in, empty when none
     * @param layers its layers
     */
    record Finished(FinishPhase command, String posterId, List<String> layers) {
        Finished {
            layers = List.copyOf(layers);
        }
    }

    /** @throws Problem 400 naming every wrong field */
    static Finished finished(ObjectNode body) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(body, "", problems);
        String posterId = fields.text("poster_id", 1, 64);
        List<String> layers = new ArrayList<>();
        for (JsonNode layer : fields.list("layers", MAX_LAYERS)) {
            layers.add(layer.asString(""));
        }
        if (layers.stream().anyMatch(layer -> layer.isEmpty() || layer.length() > 64)) {
            fields.complain("layers", "holds what is no id", "Send ids of 1 to 64 characters.");
        }
        Fields output = fields.object("output");
        Fields facts = fields.object("facts");
        Long attempt = fields.number("attempt", 0, Integer.MAX_VALUE);
        Long compute = fields.number("compute_ms", 0, Long.MAX_VALUE);
        if (output == null && posterId == null && problems.isEmpty()) {
            fields.complain("poster_id", "is missing", "Send poster_id, preview and layers, or output.");
        }
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        FinishPhase.Builder finish = FinishPhase.newBuilder()
                .setOutput(output == null ? result(body) : json(output))
                .setAttempt(attempt == null ? 0 : attempt.intValue())
                .setComputeMs(compute == null ? 0 : compute);
        if (facts != null) {
            for (Map.Entry<String, JsonNode> fact : facts.node().properties()) {
                finish.putFacts(fact.getKey(), fact.getValue().asString(""));
            }
        }
        return new Finished(finish.build(), posterId == null ? "" : posterId, layers);
    }

    /** The result as the worker says it, without what is about the call. */
    private static ByteString result(ObjectNode body) {
        ObjectNode result = body.deepCopy();
        result.remove(List.of("facts", "attempt", "compute_ms"));
        return ByteString.copyFrom(Json.bytes(result));
    }

    private static ByteString json(@Nullable Fields fields) {
        return fields == null || fields.node().isEmpty()
                ? ByteString.EMPTY
                : ByteString.copyFrom(Json.bytes(fields.node()));
    }
}
