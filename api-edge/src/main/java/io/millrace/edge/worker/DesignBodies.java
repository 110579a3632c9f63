package io.millrace.edge.worker;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.artifact.Uploads;
import io.millrace.edge.body.Fields;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.artifact.ArtifactRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads posters and elements. A signed link to an upload is kept as a reference, so that answers link to it for good. */
@Component
final class DesignBodies {
    private static final int MAX_ELEMENTS = 1_000;

    private final LinkSigner links;
    private final Uploads uploads;

    DesignBodies(LinkSigner links, Uploads uploads) {
        this.links = links;
        this.uploads = uploads;
    }

    /** The poster as its table has it; fails with 400 naming every wrong field, 403 when a reference is to what is somebody else's. */
    Mono<ObjectNode> poster(Caller caller, String ownerId, ObjectNode body) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(body, "", problems);
        ObjectNode poster = Json.object()
                .put("id", "poster_" + UUID.randomUUID())
                .put("task_id", fields.text("task_id", 1, 64))
                .put("user_id", ownerId)
                .put("title", fields.text("title", 0, 200))
                .put("description", fields.text("description", 0, 4_000))
                .put("background", fields.text("background", 0, 500));
        for (String side : List.of("width", "height")) {
            Long pixels = fields.number(side, 1, 100_000);
            poster.put(side, pixels == null ? 0 : pixels.intValue());
            if (pixels == null && !fields.has(side)) {
                fields.complain(side, "is missing", "Send a whole number of pixels.");
            }
        }
        Fields metadata = fields.object("metadata");
        poster.set("metadata", metadata == null ? Json.object() : metadata.node());
        String preview = address(fields, "preview_url");
        String source = address(fields, "source_url");
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        poster.put("preview_url", preview).put("source_url", source);
        return mayUse(caller, preview).then(mayUse(caller, source)).thenReturn(poster);
    }

    private String address(Fields fields, String name) {
        String text = fields.text(name, 0, 500);
        if (text == null || text.isEmpty()) {
            return "";
        }
        Optional<ArtifactRef> target = links.target(text);
        if (target.isPresent()) {
            return target.get().toString();
        }
        boolean usable =
                reference(text) != null || (text.matches("https?://\\S+") && !text.contains("/api/v1/artifacts/"));
        if (!usable) {
            fields.complain(
                    name, "leads nowhere", "Send the url of an upload while its link works, or an http(s) URL.");
        }
        return text;
    }

    /** Signed links were turned into references before: who holds one may use it. */
    private Mono<Void> mayUse(Caller caller, String address) {
        ArtifactRef ref = reference(address);
        if (ref == null) {
            return Mono.empty();
        }
        return uploads.mayUse(caller, ref)
                .flatMap(may -> may ? Mono.<Void>empty() : Mono.error(Problem.forbidden("the artifact")));
    }

    private static @Nullable ArtifactRef reference(String text) {
        return text.matches("sha256:[0-9a-f]{64}") ? ArtifactRef.parse(text) : null;
    }

    /** @throws Problem 400 naming every wrong field */
    static List<ObjectNode> elements(ObjectNode body) {
        List<FieldProblem> problems = new ArrayList<>();
        List<JsonNode> items = new Fields(body, "", problems).list("elements", MAX_ELEMENTS);
        List<ObjectNode> elements = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof ObjectNode item) {
                elements.add(element(new Fields(item, "elements[" + i + "].", problems)));
            } else {
                problems.add(
                        new FieldProblem("elements[" + i + "]", "must be an object", "Send {layer_id, type, ...}."));
            }
        }
        if (problems.isEmpty() && elements.isEmpty()) {
            problems.add(new FieldProblem("elements", "is empty", "Send 1 to " + MAX_ELEMENTS + " elements."));
        }
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        return elements;
    }

    private static ObjectNode element(Fields fields) {
        ObjectNode element = Json.object()
                .put("id", "elem_" + UUID.randomUUID())
                .put("layer_id", required(fields, "layer_id", 64))
                .put("type", required(fields, "type", 50));
        for (String name : List.of("transform", "style", "content")) {
            Fields value = fields.object(name);
            element.set(name, value == null ? Json.object() : value.node());
        }
        return element.put("locked", false).put("visible", true).put("selectable", true);
    }

    private static String required(Fields fields, String name, int max) {
        String text = fields.text(name, 1, max);
        if (text == null && !fields.has(name)) {
            fields.complain(name, "is missing", "Send 1 to " + max + " characters.");
        }
        return text == null ? "" : text;
    }
}
