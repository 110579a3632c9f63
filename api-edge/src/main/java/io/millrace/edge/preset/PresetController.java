package io.millrace.edge.preset;

import io.millrace.edge.Answers;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Presets over REST; the entity tag is the version. */
@RestController
@RequestMapping("/api/v1/presets/{id}")
final class PresetController {
    private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");

    private final PresetStore store;
    private final Presets presets;

    PresetController(PresetStore store, Presets presets) {
        this.store = store;
        this.presets = presets;
    }

    @GetMapping
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
    @PutMapping
    Mono<ResponseEntity<ObjectNode>> put(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String none) {
        return Caller.current().flatMap(caller -> {
            Preset wanted = presets.read(Presets.id(id), Bodies.object(Bodies.orEmpty(body)));
            return store.save(caller.userId(), wanted, expected(match, none))
                    .map(saved -> answer(saved.version() == 1 ? HttpStatus.CREATED : HttpStatus.OK, saved))
                    .switchIfEmpty(Mono.error(() -> Problem.of(
                            HttpStatus.PRECONDITION_FAILED,
                            ErrorCode.CONFLICT,
                            "preset " + id + " has another version",
                            "Read it again and send its ETag in If-Match.")));
        });
    }

    private static @Nullable Long expected(@Nullable String match, @Nullable String none) {
        if ("*".equals(none)) {
            return 0L;
        }
        if (match == null) {
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
