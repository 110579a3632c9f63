package io.millrace.edge.edit;

import io.millrace.edge.access.Caller;
import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.artifact.ArtifactAccess;
import io.millrace.edge.body.Fields;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.task.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * The addresses of pictures and files in one request. A signed link of this installation is kept as a reference, so that answers link to
 * it for good; a reference is kept if its sender may read what it names; an http(s) URL is kept as it is.
 */
public final class Addresses {
    private static final Pattern URL = Pattern.compile("https?://[^\\s\"<>\\\\]{1,490}");
    private static final int AT_ONCE = 4;

    private final LinkSigner links;
    private final String known;
    private final Map<ArtifactRef, String> named = new LinkedHashMap<>();

    /** @param known what is there already: its references may stay */
    public Addresses(LinkSigner links, JsonNode known) {
        this.links = links;
        this.known = known.toString();
    }

    /** Checks the field and writes a reference in place of a link; an empty text is no address and may stand. */
    public void read(Fields fields, String name) {
        String text = fields.text(name, 0, 500);
        if (text == null || text.isEmpty()) {
            return;
        }
        Optional<ArtifactRef> target = links.target(text);
        if (target.isPresent()) {
            // Who holds a link that works may use what it leads to.
            fields.node().put(name, target.get().toString());
        } else if (ArtifactRef.isReference(text)) {
            if (!known.contains(text)) {
                named.putIfAbsent(ArtifactRef.parse(text), fields.path(name));
            }
        } else if (!URL.matcher(text).matches() || text.contains("/api/v1/artifacts/")) {
            fields.complain(
                    name, "leads nowhere", "Send the url of an upload while its link works, or an http(s) URL.");
        }
    }

    /**
     * Notes the references at any depth of what is to be written, whatever their fields are called: answers link to every text that is one.
     *
     * @param path before the names of fields in messages, as {@code elements[3].}
     */
    public void readAll(JsonNode written, String path) {
        written.propertyStream().forEach(field -> readText(field.getValue(), path + field.getKey()));
    }

    private void readText(JsonNode value, String path) {
        if (value.isObject()) {
            readAll(value, path + ".");
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                readText(value.get(i), path + "[" + i + "]");
            }
        } else if (value.isString()
                && ArtifactRef.isReference(value.stringValue())
                && !known.contains(value.stringValue())) {
            named.putIfAbsent(ArtifactRef.parse(value.stringValue()), path);
        }
    }

    /** Fails with 403 naming the field when a reference is to what the caller may not read. */
    public Mono<Void> requireUsable(Caller caller, ArtifactAccess access) {
        return Flux.fromIterable(named.entrySet())
                .flatMapSequential(
                        entry -> access.mayRead(caller, entry.getKey())
                                .filter(may -> may)
                                .switchIfEmpty(Mono.error(() -> notYours(entry.getValue()))),
                        AT_ONCE)
                .then();
    }

    /** 403: the field refers to somebody else's upload, or to none. */
    public static Problem notYours(String field) {
        String remedy = "Upload the file with POST /api/v1/storage/upload and send the artifact or url of its answer.";
        return Problem.of(
                HttpStatus.FORBIDDEN,
                ErrorCode.FORBIDDEN,
                field + " refers to an upload that is not yours",
                remedy,
                List.of(new FieldProblem(field, "refers to an upload that is not yours", remedy)));
    }
}
