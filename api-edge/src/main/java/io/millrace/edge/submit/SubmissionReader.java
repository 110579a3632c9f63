package io.millrace.edge.submit;

import io.millrace.edge.Json;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns a request body into a {@link Submission}, or into a problem that names every wrong field. */
final class SubmissionReader {
    static final int MAX_BYTES = 256 * 1024;
    private static final String POSTER = "poster";
    private static final int DEFAULT_PRIORITY = 5;
    private static final int MAX_ID = 128;

    private final Definitions definitions;

    SubmissionReader(Definitions definitions) {
        this.definitions = definitions;
    }

    /** @throws Problem 400 when the body cannot be worked with */
    Submission read(byte[] body) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(object(body), "", problems);
        Optional<Workflow> workflow = workflow(fields);
        Long priority = fields.number("priority", 0, 9);
        String projectId = fields.text("project_id", 1, MAX_ID);
        String customId = fields.text("custom_id", 1, MAX_ID);
        Fields nested = fields.object("input_params");
        boolean flat = !fields.has("input_params");
        String type = workflow.map(Workflow::type).orElse(POSTER);
        ObjectNode params = params(type, flat ? fields : nested, problems);
        if (nested != null && type.equals(POSTER)) {
            nested.refuseUnknown();
        }
        if (!flat) {
            refuseBoth(fields);
        }
        if (flat && !type.equals(POSTER)) {
            fields.complain("input_params", "is missing", "Put the parameters of a " + type + " under input_params.");
        }
        fields.refuseUnknown();
        if (problems.isEmpty() && params.toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            fields.complain("input_params", "is too large", "Send at most 256 KiB.");
        }
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        return new Submission(
                type,
                priority == null ? DEFAULT_PRIORITY : priority.intValue(),
                Objects.requireNonNullElse(projectId, ""),
                Objects.requireNonNullElse(customId, ""),
                params);
    }

    /** A body that is one JSON object. */
    static ObjectNode object(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw Problem.invalid("", "has " + body.length + " bytes", "Send at most 256 KiB.");
        }
        JsonNode root;
        try {
            root = Json.MAPPER.readTree(body);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw Problem.invalid(
                    "", "is not valid JSON" + where, "Send one JSON object, UTF-8, without repeated keys.");
        }
        if (root instanceof ObjectNode object) {
            return object;
        }
        throw Problem.invalid("", "is not a JSON object", "Send one JSON object with named fields.");
    }

    private Optional<Workflow> workflow(Fields fields) {
        List<String> types =
                definitions.workflows().stream().map(Workflow::type).toList();
        if (!fields.has("type")) {
            fields.value("type");
            return definitions.workflow(POSTER);
        }
        String name = fields.text("type", 1, 50);
        Optional<Workflow> workflow = name == null ? Optional.empty() : definitions.workflow(name);
        if (name != null && workflow.isEmpty()) {
            fields.complain("type", "names no type of task", "Send one of " + String.join(", ", types) + ".");
        }
        return workflow;
    }

    private static ObjectNode params(String type, @Nullable Fields fields, List<FieldProblem> problems) {
        if (fields == null) {
            return Json.object();
        }
        return type.equals(POSTER) ? PosterParams.read(fields, problems) : fields.node();
    }

    private static void refuseBoth(Fields fields) {
        for (String name : PosterParams.NAMES) {
            if (fields.value(name) != null) {
                fields.complain(name, "stands beside input_params", "Put it inside input_params, or leave those out.");
            }
        }
    }
}
