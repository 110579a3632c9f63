package io.millrace.edge.preset;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.page.Query;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Presets over REST; the entity tag is the version. */
@RestController
@RequestMapping("/api/v1/presets")
final class PresetController {
    private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");

    private final PresetStore store;
    private final Presets presets;

    PresetController(PresetStore store, Presets presets) {
        this.store = store;
        this.presets = presets;
    }

    /** The caller's, by id: {@code {presets: [], next_cursor}}. */
    @GetMapping
    Mono<ResponseEntity<ObjectNode>> list(@RequestParam MultiValueMap<String, String> parameters) {
        Query query = Query.of(parameters, "type", "q", "limit", "cursor");
        String type = presets.type(query);
        String text = query.text("q", 100);
        String cursor = query.text("cursor", 64);
        int limit = query.limit();
        query.requireValid();
        return Caller.current()
                .flatMap(caller -> store.page(caller.userId(), type, text, cursor, limit + 1))
                .map(found -> {
                    ObjectNode data = Json.object();
                    ArrayNode list = data.putArray("presets");
                    found.stream().limit(limit).forEach(preset -> list.add(preset.json()));
                    data.put(
                            "next_cursor",
                            found.size() > limit ? found.get(limit - 1).id() : null);
                    return Answers.ok(data);
                });
    }

    /** Removes a preset; {@code If-Match} removes that version only. Tasks made from it keep their parameters. */
    @DeleteMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> delete(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String match) {
        return Caller.current()
                .flatMap(caller -> store.delete(caller.userId(), Presets.id(id), expected(match, null)))
                .map(version -> {
                    if (version == 0) {
                        throw Problem.notFound("preset " + id);
                    }
                    if (version < 0) {
                        throw anotherVersion(id);
                    }
                    return Answers.ok(Json.object().put("id", id).put("deleted", true));
                });
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> get(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        return Caller.current()
                .flatMap(caller -> store.find(caller.userId(), Presets.id(id)))
                .switchIfEmpty(Mono.error(() -> Problem.notFound("preset " + id)))
                .map(preset -> preset.tag().equals(known)
                        ? ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                                .eTag(preset.tag())
                                .build()
                        : answer(HttpStatus.OK, preset));
    }

    /** Creates or replaces; {@code If-Match} names the version to be replaced, {@code If-None-Match: *} means: create only. */
    @PutMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> put(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String none) {
        return Caller.current().flatMap(caller -> {
            Preset wanted = presets.read(Presets.id(id), Bodies.object(Bodies.orEmpty(body)));
            return store.save(caller.userId(), wanted, expected(match, none))
                    .map(saved -> answer(saved.version() == 1 ? HttpStatus.CREATED : HttpStatus.OK, saved))
                    .switchIfEmpty(Mono.error(() -> anotherVersion(id)));
        });
    }

    private static Problem anotherVersion(String id) {
        return Problem.of(
                HttpStatus.PRECONDITION_FAILED,
                ErrorCode.CONFLICT,
                "preset " + id + " has another version",
                "Read it again and send its ETag in If-Match.");
    }

    private static @Nullable Long expected(@Nullable String match, @Nullable String none) {
        if ("*".equals(none)) {
            return 0L;
        }
        if (match == null || match.equals("*")) {
            return null;
        }
        Matcher tag = TAG.matcher(match);
        if (!tag.matches()) {
            throw Problem.invalid("If-Match", "is not an ETag of a preset", "Send the ETag that GET gave.");
        }
        return Long.parseLong(tag.group(1));
    }

    private static ResponseEntity<ObjectNode> answer(HttpStatus status, Preset preset) {
        return ResponseEntity.status(status).eTag(preset.tag()).body(Answers.body(preset.json()));
    }
}
