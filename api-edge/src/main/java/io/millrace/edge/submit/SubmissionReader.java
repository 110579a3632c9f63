package io.millrace.edge.submit;

import io.millrace.edge.Json;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.body.Fields;
import io.millrace.edge.body.NearMiss;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.submit.type.TypeParams;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Turns a request body into a {@link Submission}, or into a problem that names every wrong field. */
@Component
public final class SubmissionReader {
    private static final int MAX_BYTES = Bodies.MAX_BYTES;
    private static final String POSTER = "poster";
    /** Names a poster and its scene, so only the edge itself makes such tasks. */
    private static final String RENDER = "poster_render";

    private static final int DEFAULT_PRIORITY = 5;
    private static final int MAX_ID = 128;
    private static final List<String> ENVELOPE = List.of(
            "type",
            "priority",
            "project_id",
            "custom_id",
            "input_params",
            "start_deadline",
            "end_deadline",
            "preset_id",
            "override");

    /** What was not understood has no parameters to complain of. */
    private static final String NO_TYPE = "";

    private final Definitions definitions;

    public SubmissionReader(Definitions definitions) {
        this.definitions = definitions;
    }

    /** @throws Problem 400 when the body cannot be worked with */
    Submission read(byte[] body, long nowMillis) {
        return read(Bodies.object(body), nowMillis);
    }

    /** @throws Problem 400 naming every wrong field */
    public Submission read(ObjectNode body, long nowMillis) {
        List<FieldProblem> problems = new ArrayList<>();
        Submission submission = read(body, nowMillis, "", problems);
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        return submission;
    }

    /** Reads what can be read; what is wrong is added to the problems, with the path before the field. */
    public Submission read(ObjectNode body, long nowMillis, String path, List<FieldProblem> problems) {
        int before = problems.size();
        Fields fields = new Fields(body, path, problems);
        Optional<Workflow> workflow = workflow(fields);
        Long priority = fields.number("priority", 0, 9);
        String projectId = fields.text("project_id", 1, MAX_ID);
        String customId = fields.text("custom_id", 1, MAX_ID);
        Fields nested = fields.object("input_params");
        boolean flat = !fields.has("input_params");
        String type = workflow.map(Workflow::type).orElse(NO_TYPE);
        Submission.Deadlines deadlines = deadlines(fields, nowMillis);
        if (flat && free(type)) {
            refuseSlips(fields);
        }
        ObjectNode params = params(type, flat ? fields : nested, problems);
        if (nested != null) {
            nested.refuseUnknown();
        }
        if (!flat) {
            refuseBoth(fields);
        }
        fields.refuseUnknown();
        if (problems.size() == before && params.toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            fields.complain("input_params", "is too large", "Send at most 256 KiB.");
        }
        return new Submission(
                type,
                priority == null ? DEFAULT_PRIORITY : priority.intValue(),
                Objects.requireNonNullElse(projectId, ""),
                Objects.requireNonNullElse(customId, ""),
                params,
                deadlines,
                null);
    }

    /** Parameters beside the envelope may be anything; one that is nearly a name of the envelope is a slip that would change the task. */
    private static void refuseSlips(Fields fields) {
        for (String name : fields.node().propertyNames()) {
            NearMiss.of(name, ENVELOPE)
                    .ifPresent(meant -> fields.complain(
                            name,
                            "is not a known field and looks like " + meant,
                            "Write " + meant
                                    + "; if it is a parameter of the task, put all parameters inside input_params."));
        }
    }

    private static Submission.Deadlines deadlines(Fields fields, long nowMillis) {
        return new Submission.Deadlines(
                future(fields, "start_deadline", nowMillis), future(fields, "end_deadline", nowMillis));
    }

    private static long future(Fields fields, String name, long nowMillis) {
        Long time = fields.time(name);
        if (time != null && time <= nowMillis) {
            fields.complain(name, "has passed", "Send a time in the future, or leave it out.");
        }
        return time == null ? 0 : time;
    }

    /** Parameters alone, as a preset keeps them: what is missing may come with the submit. */
    public ObjectNode partial(String type, ObjectNode params, List<FieldProblem> problems) {
        if (free(type)) {
            return params;
        }
        Fields fields = new Fields(params, "input_params.", problems);
        ObjectNode read = TypeParams.of(type)
                .map(reader -> reader.read(fields, false))
                .orElseGet(() -> PosterParams.readPartial(fields, problems));
        fields.refuseUnknown();
        return read;
    }

    /** Whether only the functions of the type know its parameters. */
    private static boolean free(String type) {
        return !type.equals(POSTER) && TypeParams.of(type).isEmpty();
    }

    /** The canonical name of a type or alias that a submit may have. */
    public Optional<String> typeOf(String name) {
        return definitions.workflow(name).map(Workflow::type).filter(type -> !type.equals(RENDER));
    }

    private Optional<Workflow> workflow(Fields fields) {
        if (!fields.has("type")) {
            fields.value("type");
            return definitions.workflow(POSTER);
        }
        String name = fields.text("type", 1, 50);
        Optional<Workflow> workflow = name == null ? Optional.empty() : definitions.workflow(name);
        if (name != null && workflow.isEmpty()) {
            fields.complain("type", "names no type of task", "Send one of " + types() + ".");
        }
        if (workflow.isPresent() && workflow.get().type().equals(RENDER)) {
            fields.complain("type", "is made for a poster", "Use POST /posters/{id}/render.");
            return Optional.empty();
        }
        return workflow;
    }

    private String types() {
        return definitions.workflows().stream()
                .map(Workflow::type)
                .filter(type -> !type.equals(RENDER))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static ObjectNode params(String type, @Nullable Fields fields, List<FieldProblem> problems) {
        if (fields == null) {
            return Json.object();
        }
        if (type.equals(POSTER)) {
            return PosterParams.read(fields, problems);
        }
        return TypeParams.of(type).map(known -> known.read(fields, true)).orElseGet(fields::rest);
    }

    private static void refuseBoth(Fields fields) {
        for (String name : PosterParams.NAMES) {
            if (fields.value(name) != null) {
                fields.complain(name, "stands beside input_params", "Put it inside input_params, or leave those out.");
            }
        }
    }
}
