package io.millrace.edge.preset;

import io.millrace.edge.Json;
import io.millrace.edge.body.Fields;
import io.millrace.edge.body.MergePatch;
import io.millrace.edge.page.Query;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.submit.PresetSource;
import io.millrace.edge.submit.SubmissionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills presets into submits, and reads those that are written. */
@Component
final class Presets implements PresetSource {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    /** What a submit may say beside its parameters. */
    private static final List<String> BESIDE =
            List.of("type", "priority", "project_id", "custom_id", "start_deadline", "end_deadline");

    private final PresetStore store;
    private final SubmissionReader reader;

    Presets(PresetStore store, SubmissionReader reader) {
        this.store = store;
        this.reader = reader;
    }

    @Override
    public Mono<ObjectNode> filledIn(String userId, ObjectNode body) {
        if (!body.hasNonNull("preset_id")) {
            return body.has("override")
                    ? Mono.error(Problem.invalid(
                            "override",
                            "stands without preset_id",
                            "Name the preset as well; a parameter of the type of this name goes into input_params."))
                    : Mono.just(body);
        }
        return Mono.defer(() -> {
            String id = id(body.path("preset_id").asString(""));
            return store.find(userId, id)
                    .switchIfEmpty(Mono.error(() -> Problem.notFound("preset " + id)))
                    .map(preset -> merged(preset, body));
        });
    }

    /** The body that says the same without a preset. */
    static ObjectNode merged(Preset preset, ObjectNode body) {
        ObjectNode whole = Json.object();
        ObjectNode override = Json.object();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            String name = field.getKey();
            if (BESIDE.contains(name)) {
                whole.set(name, field.getValue());
            } else if (name.equals("override") && field.getValue() instanceof ObjectNode changes) {
                override = changes;
            } else if (!name.equals("preset_id")) {
                throw Problem.invalid(name, "stands beside preset_id", "Put it, as an object, into override.");
            }
        }
        if (!whole.has("type")) {
            whole.put("type", preset.type());
        }
        if (preset.priority() != null && !whole.has("priority")) {
            whole.put("priority", preset.priority());
        }
        whole.set("input_params", MergePatch.apply(preset.inputParams(), override));
        return whole;
    }

    /** A preset as a request wants it: {@code {type?, priority?, name?, input_params}}. @throws Problem 400 naming every wrong field */
    Preset read(String id, ObjectNode body) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(body, "", problems);
        String wanted = fields.has("type") ? fields.text("type", 1, 50) : "poster";
        Optional<String> type = wanted == null ? Optional.empty() : reader.typeOf(wanted);
        if (wanted != null && type.isEmpty()) {
            fields.complain("type", "names no type of task", "Send a type that a submit may have.");
        }
        Long priority = fields.number("priority", 0, 9);
        String name = fields.text("name", 1, 200);
        Fields params = fields.object("input_params");
        if (params == null && problems.isEmpty()) {
            fields.complain("input_params", "is missing", "Send the parameters to be kept.");
        }
        fields.refuseUnknown();
        ObjectNode kept =
                params == null ? Json.object() : reader.partial(type.orElse("poster"), params.node(), problems);
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        return new Preset(
                id,
                0,
                type.orElse("poster"),
                priority == null ? null : priority.intValue(),
                name == null ? "" : name,
                kept,
                0);
    }

    /** The canonical type a list is narrowed to; null when it is not. */
    @Nullable
    String type(Query query) {
        String name = query.text("type", 50);
        Optional<String> type = name == null ? Optional.empty() : reader.typeOf(name);
        if (name != null && type.isEmpty()) {
            query.complain("type", "names no type of task", "Leave it out to see all.");
        }
        return type.orElse(null);
    }

    static String id(String text) {
        if (!ID.matcher(text).matches()) {
            throw Problem.invalid("preset_id", "is no id of a preset", "Send 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        return text;
    }
}
